/**
 * The text and the code of an expression, `SHOP-{{ $json.no }}`, where there is only one way to read
 * it: n8n has its own rules for backslashes, for braces inside code and for code that is not closed.
 */
import { isOrdinaryText } from './plain-json';

export type Part = { text: string } | { code: string };

/**
 * @param expression as stored, with its leading equals sign
 * @returns its parts in order, without empty texts; undefined if it is not certain that n8n splits
 *   it so
 */
export function partsOf(expression: string): Part[] | undefined {
	if (!isTakenLiterally(expression)) return undefined;
	const parts: Part[] = [];
	let rest = expression.slice(1);
	while (rest !== '') {
		const opened = rest.indexOf('{{');
		const text = opened < 0 ? rest : rest.slice(0, opened);
		if (text !== '') parts.push({ text });
		if (opened < 0) break;
		const closed = rest.indexOf('}}', opened);
		if (closed < 0) return undefined;
		const code = rest.slice(opened + 2, closed);
		if (/[{}]/.test(code)) return undefined;
		parts.push({ code });
		rest = rest.slice(closed + 2);
	}
	return parts.length > 0 ? parts : undefined;
}

/** Whether n8n's reading of an expression leaves every character of it as it is. */
function isTakenLiterally(expression: string): boolean {
	// Escapes of JavaScript and of n8n's templates; characters that end a line or can't be seen
	if (/\\|[^\P{Cc}\t\n]|[\u2028\u2029]/u.test(expression)) return false;
	// Refused wherever it stands behind a dot, in a text as well
	return !expression.includes('constructor') && isOrdinaryText(expression);
}

/**
 * What n8n makes of a value that stands between texts.
 *
 * @returns undefined for what is not as simple as that: n8n has to say it
 */
export function textOf(value: unknown): string | undefined {
	if (value === null || value === '') return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'boolean' ? String(value) : undefined;
}
