import { HostError } from '../errors';

/** Fails unless the values are equal; `what` begins the message. */
export function expectEqual<T>(what: string, actual: T, expected: T): void {
	if (actual === expected) return;
	throw new HostError(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

/** Fails with the message unless the condition holds. */
export function expect(condition: boolean, message: string): asserts condition {
	if (!condition) throw new HostError(message);
}
