import protobuf from "protobufjs/minimal.js";
import { answerJson, type IntakeAnswer } from "#src/intake/route.ts";

/** The body of a protobuf request; its answer is protobuf too. Any other is answered in JSON. */
export const protobufType = "application/x-protobuf";

/**
 * ExportTraceServiceResponse in the encoding of the request: empty where all was taken; else 200 with how
 * many spans were not taken and why. A message with 0 spans is a warning (OTLP specification, "Partial
 * Success"). Numbers: collector/trace/v1/trace_service.proto.
 */
export function answerTaken(
  contentType: string,
  rejectedSpans: number,
  errorMessage: string,
): IntakeAnswer {
  const isFull = rejectedSpans === 0 && errorMessage === "";
  if (contentType !== protobufType) {
    // 64-bit numbers are text in protobuf's JSON
    const partialSuccess = { rejectedSpans: String(rejectedSpans), errorMessage };
    return answerJson(200, isFull ? {} : { partialSuccess });
  }
  const writer = protobuf.Writer.create();
  if (!isFull) {
    writer.uint32(field(1)).fork();
    if (rejectedSpans > 0) writer.uint32(1 * 8).int64(rejectedSpans);
    writer.uint32(field(2)).string(errorMessage).ldelim();
  }
  return inProtobuf(200, writer);
}

/**
 * A refusal as google.rpc.Status in the encoding of the request, its code left out (OTLP specification,
 * "Failures": the status of HTTP says whether to try again). Numbers: google/rpc/status.proto.
 */
export function answerRefused(status: number, message: string, contentType: string): IntakeAnswer {
  if (contentType !== protobufType) return answerJson(status, { message });
  return inProtobuf(status, protobuf.Writer.create().uint32(field(2)).string(message));
}

function inProtobuf(status: number, writer: protobuf.Writer): IntakeAnswer {
  return { status, contentType: protobufType, body: writer.finish() };
}

/** A field with a length, as it stands on the wire. */
function field(number: number): number {
  return number * 8 + 2;
}
