/** What a sandbox saw and what a run said, in the form tests ask for it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RequestEntry, Sandbox } from '../sandbox';
import type { EngineRun } from './engine/harness';

/** The requests to one endpoint, oldest first. */
export function requestsTo(sandbox: Sandbox, path: string): RequestEntry[] {
	return sandbox.ledger().requests.filter((request) => request.path === path);
}

/** The JSON bodies sent to one endpoint, oldest first. */
export function bodiesTo(sandbox: Sandbox, path: string): unknown[] {
	return requestsTo(sandbox, path).map(({ body }) => JSON.parse(body) as unknown);
}

/** Paths of all requests, oldest first. */
export function paths(sandbox: Sandbox): string[] {
	return sandbox.ledger().requests.map(({ path }) => path);
}

/** What a failed run says to the person in the editor. */
export function complaint({ error, items }: EngineRun): { message: string; description: string } {
	if (!error) throw new Error(`The run did not fail; it put out ${JSON.stringify(items)}`);
	const { message, description } = error as Error & { description?: string };
	return { message, description: description ?? '' };
}

/** The json of every output item. */
export function outputOf({ items, error }: EngineRun): Array<Record<string, unknown>> {
	if (error) throw error;
	return items.map(({ json }) => json);
}

/** A text that has these words in it, where one is expected. */
export const saying = (words: string | RegExp): unknown =>
	typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words);

/** An object that has these members among others, where one is expected. */
export const having = (members: object): unknown => expect.objectContaining({ ...members });

/** Waits until something has come true; that it never does is for the test's own time limit to say. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await pause(5);
}

export const FORECAST = '/api/v2/orderForecast';
export const CHECK = '/api/v2/orderCheck';
export const INFO = '/api/v2/orderInfo';
export const LABEL = '/api/v2/orderLabel';
export const BILL = '/api/v2/getBill';
export const EVENT = '/order/v3';
