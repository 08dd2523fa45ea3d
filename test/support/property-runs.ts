/** How many examples a property tries: 500 in `npm test`, more where PROPERTY_RUNS says so. */
export const propertyRuns = Number(process.env["PROPERTY_RUNS"] ?? 500);
