// SPDX-License-Identifier: MIT
// play_har.mjs CHROMIUM FILE.har URL PATH…: opens URL in Chromium with every request answered from
// the HAR file, fetches each PATH from that page, and prints a line of each: status, type, SHA-256.
// Exit code 77 when the browser does not start.
import { createHash } from 'node:crypto';
import { chromium } from 'playwright-core';

const [executablePath, har, url, ...paths] = process.argv.slice(2);
let browser;
try {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'], timeout: 120000 });
} catch (error) {
    console.error(`chromium does not start: ${String(error.message).split('\n')[0]}`);
    process.exit(77);
}
const context = await browser.newContext();
context.setDefaultTimeout(0); // the test has a limit of its own
context.setDefaultNavigationTimeout(0);
await context.routeFromHAR(har, { notFound: 'abort' });
const page = await context.newPage();
const response = await page.goto(url, { waitUntil: 'domcontentloaded' });
console.log(`page ${response.status()} ${await page.title()}`);
for (const path of paths) {
    const found = await page.evaluate(async (wanted) => {
        try {
            const answer = await fetch(wanted);
            const bytes = new Uint8Array(await answer.arrayBuffer());
            return { status: answer.status, type: answer.headers.get('content-type'), bytes: Array.from(bytes) };
        } catch (error) {
            return { failure: String(error) };
        }
    }, path);
    const sum = found.bytes && createHash('sha256').update(Buffer.from(found.bytes)).digest('hex');
    console.log(found.bytes ? `${path} ${found.status} ${found.type} ${sum}` : `${path} ${found.failure}`);
}
await browser.close();
