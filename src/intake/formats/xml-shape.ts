import { grouped } from "#src/domain/figures/figure-words.ts";

/** A report needs suites in suites, a case, its properties, a property. */
const nestingAtMost = 12;
/**
 * What the parser takes about half a second for, and holds up everybody else meanwhile. A passed test is one
 * element, a failed one with properties five: 20,000 and 8,000 tests.
 */
const elementsAtMost = 40_000;
const attributesAtMost = 120_000;
const attributesOfOneAtMost = 100;
/** `<?xml …?>` and a style sheet are two. */
const instructionsAtMost = 100;

/**
 * Why a text of XML is not handed to a parser, in a sentence; undefined where it may be. Read once from front
 * to back: refused are declarations of its own (`<!DOCTYPE`, `<!ENTITY`: they may name files of this machine,
 * or grow without end), elements that stand in each other deeper than 12, and more elements, attributes or
 * instructions than any report has. Whether it is well formed is not looked at.
 */
export function harmInXml(xml: string): string | undefined {
  const past = (end: string, from: number) => {
    const found = xml.indexOf(end, from);
    return found < 0 ? xml.length : found + end.length;
  };
  let [depth, elements, attributes, instructions] = [0, 0, 0, 0];
  for (let at = xml.indexOf("<"); at >= 0; at = xml.indexOf("<", at)) {
    if (xml.startsWith("<!--", at)) at = past("-->", at + 4);
    else if (xml.startsWith("<![CDATA[", at)) at = past("]]>", at + 9);
    else if (xml.startsWith("<?", at)) {
      at = past("?>", at + 2);
      instructions += 1;
      if (instructions > instructionsAtMost) return tooMany("instructions", instructionsAtMost);
    } else if (xml.startsWith("<!", at)) {
      return "The XML has a DOCTYPE or entities of its own, which are not read. Take them out, a JUnit report needs none.";
    } else {
      const tag = readTag(xml, at);
      if (xml.startsWith("</", at)) depth -= 1;
      else {
        elements += 1;
        if (xml[tag.end - 2] !== "/") depth += 1;
      }
      attributes += tag.attributes;
      if (depth > nestingAtMost) {
        return `The XML nests deeper than ${nestingAtMost}, which no JUnit report does. Give the file as the tests wrote it.`;
      }
      if (elements > elementsAtMost) return tooMany("elements", elementsAtMost);
      if (attributes > attributesAtMost) return tooMany("attributes", attributesAtMost);
      if (tag.attributes > attributesOfOneAtMost) {
        return tooMany("attributes on one element", attributesOfOneAtMost);
      }
      at = tag.end;
    }
  }
  return undefined;
}

function tooMany(what: string, most: number): string {
  return `The XML has more than ${grouped(most)} ${what}. Send parts of the suite.`;
}

/** Where a tag ends, behind its ">" (one in the value of an attribute is none), and how many attributes it has. */
function readTag(xml: string, from: number): { end: number; attributes: number } {
  // what is not well formed is counted by whichever sign of an attribute it has most of
  let [words, values, equals] = [0, 0, 0];
  const attributes = () => Math.max(words, values, equals);
  let isBlank = false;
  for (let at = from; at < xml.length; at += 1) {
    const code = xml.charCodeAt(at);
    if (code === greaterThan) return { end: at + 1, attributes: attributes() };
    if (code === doubleQuote || code === singleQuote) {
      const close = xml.indexOf(xml[at]!, at + 1);
      if (close < 0) break;
      values += 1;
      at = close;
    } else if (code === equalsSign) equals += 1;
    // a slash before the end is no attribute
    else if (isBlank && code > blank && code !== slash) words += 1;
    isBlank = code <= blank;
  }
  return { end: xml.length, attributes: attributes() };
}

const blank = 0x20;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const slash = 0x2f;
const equalsSign = 0x3d;
const greaterThan = 0x3e;
