// Lints texts as if they stood in the files named: `[[path, code], …]` on standard input, the rules
// that complain per text on standard output. A process of its own, since ESLint loads its
// configuration with import(), which Jest does not offer.
import { ESLint } from 'eslint';
import { text } from 'node:stream/consumers';
import tseslint from 'typescript-eslint';

// What is tried is no file of the project, so its types are not known
const eslint = new ESLint({ overrideConfig: tseslint.configs.disableTypeChecked });
const trials = JSON.parse(await text(process.stdin));
const found = [];
for (const [filePath, code] of trials) {
	const [result] = await eslint.lintText(code, { filePath });
	found.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(found));
