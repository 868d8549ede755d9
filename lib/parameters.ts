/**
 * Reads a node's parameters as seldom as is correct.
 *
 * On n8n 2.41 one expression costs several times an HTTP call, so a value without an expression is
 * read once for all items, and nothing is read that is not asked for.
 */
export class ParameterReader {
	private readonly constants = new Map<string, unknown>();

	/**
	 * @param stored the node's parameters as saved: only those that are shown, expressions unresolved
	 * @param read resolves one parameter for one item
	 */
	constructor(
		private readonly stored: Readonly<Record<string, unknown>>,
		private readonly read: (name: string, item: number) => unknown,
	) {}

	/** The values of those parameters that are shown, by name. */
	values(names: readonly string[], item: number): Record<string, unknown> {
		const values: Record<string, unknown> = {};
		for (const name of names) {
			if (Object.hasOwn(this.stored, name)) values[name] = this.value(name, item);
		}
		return values;
	}

	/** One value; undefined if the parameter is not shown. */
	value(name: string, item: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		if (!Object.hasOwn(this.stored, name)) return undefined;
		const value = this.read(name, item);
		if (!hasExpression(this.stored[name])) this.constants.set(name, value);
		return value;
	}

	/** Whether a parameter is the same for every item. */
	isConstant(name: string): boolean {
		return !hasExpression(this.stored[name]);
	}
}

/** n8n marks an expression with a leading equals sign, at any depth of a collection. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (Array.isArray(value)) return value.some(hasExpression);
	if (typeof value === 'object' && value !== null) return Object.values(value).some(hasExpression);
	return false;
}
