// SPDX-License-Identifier: MIT
// usage: node diff_peer.mjs TOOL A B: parses both, compares them by the tool, prints how many changes it tells.
import { readFileSync } from "node:fs";

const [tool, left, right] = process.argv.slice(2);
const a = JSON.parse(readFileSync(left));
const b = JSON.parse(readFileSync(right));

function leaves(delta) {
  if (delta === undefined) return 0;
  if (Array.isArray(delta)) return 1;
  return Object.entries(delta).reduce((sum, [key, value]) => sum + (key === "_t" ? 0 : leaves(value)), 0);
}

let count;
if (tool === "microdiff") {
  const { default: diff } = await import("microdiff");
  count = diff(a, b, { cyclesFix: false }).length;
} else if (tool === "fast-json-patch") {
  const { default: patch } = await import("fast-json-patch");
  count = patch.compare(a, b).length;
} else {
  const { create } = await import("jsondiffpatch");
  count = leaves(create({ objectHash: (item) => item.id }).diff(a, b));
}
console.log(`${count} changes`);
