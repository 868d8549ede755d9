// Lints texts as if they stood in the files named: `[[path, code], …]` on standard input, the rules
// that complain per text on standard output. A process of its own, since ESLint loads its
// configuration with import(), which Jest does not offer.
import { ESLint } from 'eslint';
import { text } from 'node:stream/consumers';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
	// What is tried is no file of the project, so its types are not known
	overrideConfig: tseslint.configs.disableTypeChecked,
	// It reads most of the project for each text, and looks for what the trials are not about
	ruleFilter: ({ ruleId }) => ruleId !== 'import-x/no-cycle',
});
const trials = JSON.parse(await text(process.stdin));
const found = [];
for (const [filePath, code] of trials) {
	const [result] = await eslint.lintText(code, { filePath });
	found.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(found));
