/**
 * Compiles stored parameters where there is only one way to read them: n8n has rules of its own for
 * backslashes, for braces inside code and for code that is not closed.
 */
import { isOrdinaryText, LEFT_TO_N8N, MAX_CHARACTERS } from './plain-json';

/** A parameter's value, or `LEFT_TO_N8N`. What lies in an item is not copied: never change it. */
export type Resolver<Source> = (source: Source) => unknown;

type CompileCode<Source> = (code: string) => Resolver<Source> | undefined;

/**
 * Compiles a text such as `SHOP-{{ $json.no }}`, or a collection with expressions at its leaves.
 *
 * @param stored as saved in the workflow
 * @param compileCode compiles the code of one expression
 * @returns undefined if any expression in it has to be left to n8n
 */
export function compile<Source>(
	stored: unknown,
	compileCode: CompileCode<Source>,
): Resolver<Source> | undefined {
	if (typeof stored === 'string' && stored.startsWith('=')) return ofText(stored, compileCode);
	if (typeof stored !== 'object' || stored === null) return () => stored;
	const members: Array<[string, Resolver<Source>]> = [];
	for (const [key, member] of Object.entries(stored)) {
		const resolve = key === '__proto__' ? undefined : compile(member, compileCode);
		if (!resolve) return undefined;
		members.push([key, resolve]);
	}
	return (source) => {
		const value = (Array.isArray(stored) ? [] : {}) as Record<string, unknown>;
		for (const [key, resolve] of members) {
			const member = resolve(source);
			if (member === LEFT_TO_N8N) return LEFT_TO_N8N;
			value[key] = member;
		}
		return value;
	};
}

function ofText<Source>(
	expression: string,
	compileCode: CompileCode<Source>,
): Resolver<Source> | undefined {
	const parts = partsOf(expression, compileCode);
	if (!parts || parts.length <= 1) return parts?.[0];
	return (source) => {
		let whole = '';
		for (const resolve of parts) {
			const text = textOf(resolve(source));
			if (text === undefined) return LEFT_TO_N8N;
			whole += text;
		}
		return whole.length <= MAX_CHARACTERS ? whole : LEFT_TO_N8N;
	};
}

/** The texts and the codes of an expression, in order; undefined if n8n may split it otherwise. */
function partsOf<Source>(
	expression: string,
	compileCode: CompileCode<Source>,
): Array<Resolver<Source>> | undefined {
	if (!hasNoEscapes(expression)) return undefined;
	const parts: Array<Resolver<Source>> = [];
	let rest = expression.slice(1);
	while (rest !== '') {
		const opened = rest.indexOf('{{');
		const text = opened < 0 ? rest : rest.slice(0, opened);
		if (text !== '') parts.push(() => text);
		if (opened < 0) break;
		const closed = rest.indexOf('}}', opened);
		const code = rest.slice(opened + 2, closed);
		const resolve = closed < 0 || /[{}]/.test(code) ? undefined : compileCode(code);
		if (!resolve) return undefined;
		parts.push(resolve);
		rest = rest.slice(closed + 2);
	}
	return parts;
}

/** Whether n8n reads every character of an expression as it stands. */
function hasNoEscapes(expression: string): boolean {
	// Escapes of JavaScript and of n8n's templates; characters that end a line or can't be seen
	if (/\\|[^\P{Cc}\t\n]|[\u2028\u2029]/u.test(expression)) return false;
	// n8n refuses it behind a dot, in a text as well
	return !expression.includes('constructor') && isOrdinaryText(expression);
}

/** What n8n makes of a value between texts; undefined if it is not as simple as that. */
function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value;
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return typeof value === 'boolean' ? String(value) : undefined;
}
