// What a row holds that nobody has filled in yet: factories and fixtures spread these and override what matters.

/** An owner without a stand-in, who has not been taken over or reminded. */
export const plainOwner = { standInUserId: null, takenBy: null, remindedAt: null };

/** A strand that stands from the declaration, without a symptom. */
export const plainStrand = {
  symptom: null,
  addedBy: null,
  addedAt: null,
  parkedWhy: null,
  parkedUntil: null,
  failureType: null,
  failureTypeBy: null,
};

/** An item without a source that nobody has verified. */
export const plainEvidence = { source: null, isVerified: null, verifiedBy: null, verifiedAt: null };

/** A lever of one authorizer that can be undone, without a signal. */
export const plainLever = {
  capacity: null,
  cannotBeUndone: false,
  secondAuthorizer: null,
  secondCapacity: null,
  noSecondWhy: null,
  harmSignal: null,
};

/** An action that answers nothing in particular and is not marked as weak. */
export const plainAction = {
  addresses: [],
  verification: null,
  isProvisional: false,
  isImmediateSafety: false,
  weakRules: [],
};

/** An incident from which nothing has been learned. */
export const nothingLearned = {
  dissents: [],
  factors: [],
  gaps: [],
  goldens: [],
  risks: [],
  detectionAnswers: [],
  splitAnswers: [],
  hypotheses: [],
  similarIncidents: [],
  ledgerChanges: [],
  sourceMarks: [],
  reminders: [],
  lastSequence: 0,
};
