/** Reads input as the runner does, and lets the sandbox's own reading of the contract judge it. */
import { ValidationFault } from '../../../lib/base/errors';
import { type AnyOperation, type Input, NoRequest } from '../../../lib/operation/operation';
import { InputReader } from '../../../lib/operation/input';
import { commonOptions } from '../../../lib/operation/options';
import { serialise } from '../../../lib/base/json';
import { readTdAccount } from '../../../lib/td/account';
import { TdClient } from '../../../lib/td/client';
import { readTwAccount } from '../../../lib/tw/wire/account';
import { TwClient } from '../../../lib/tw/wire/client';
import { eventRefusal } from '../../../sandbox/td/events';
import { ticketErrors } from '../../../sandbox/tw/ticket';

type Json = Record<string, unknown>;

/** What became of an input: the bytes that would leave, or the message the user gets. */
export type Read = { wire: string; body: Json } | { message: string; field: string };

export type Region = 'cn' | 'sg';

const baseUrl = 'http://127.0.0.1:1';
const twClient = new TwClient(
	readTwAccount({ baseUrl, username: 'u', apiKey: 'key-1', apiToken: 'token-1' }),
);
const tdClients = { cn: tdClient('cn'), sg: tdClient('sg') };

function tdClient(region: Region): TdClient {
	const account = { region, partnerCode: 'p', partnerKey: 'key-1', channel: 'web' };
	return new TdClient(readTdAccount(account));
}

type ReadInput = (values: Json) => Read;

/** Reads input for an operation of TW Order that takes an order. */
export function twReader(operation: AnyOperation<TwClient>): ReadInput {
	const reader = new InputReader(operation, commonOptions('TW'), { zone: 'UTC' });
	const call = { client: twClient, startedAt: () => '2026-01-02T03:04:05.678Z' };
	return (values) => reading(() => bodyOf(reader.read(values, call)));
}

/** Reads input for one of TD's events, in a region. */
export function tdReader(operation: AnyOperation<TdClient>, region: Region): ReadInput {
	const client = tdClients[region];
	const surroundings = { zone: 'Asia/Shanghai', region: client.account.region };
	const reader = new InputReader(operation, commonOptions('TD'), surroundings);
	const call = { client, startedAt: () => '2026-01-02T03:04:05.678Z' };
	return (values) => reading(() => bodyOf(reader.read(values, call)));
}

/** By fields and by JSON everything is sent or refused. */
function bodyOf(input: Input | NoRequest): Json {
	if (input instanceof NoRequest) throw new Error('It was settled without being sent');
	return input.body;
}

/** @throws what is not meant for the user: a crash */
function reading(read: () => Json): Read {
	try {
		const wire = serialise(read());
		return { wire, body: JSON.parse(wire) as Json };
	} catch (error) {
		if (!(error instanceof ValidationFault)) throw error;
		return { message: error.message, field: error.field };
	}
}

/** What the sandbox holds against an order; empty if nothing. */
export function objectionsToOrder(body: Json): string[] {
	// A quote names its channel only when it is sent.
	return ticketErrors({ product: 'UA', ...body }, false);
}

/**
 * What the sandbox holds against an event; empty if nothing. That a text is too long is for TD alone
 * to say: what its 1024 counts is not documented, and so such an event is sent.
 */
export function objectionsToEvent(body: Json, region: Region): string[] {
	const refusal = eventRefusal(body, { region });
	return refusal && refusal.code !== 9003 ? [refusal.message] : [];
}

/** Whatever must never leave: prototype keys at any depth. */
export function forbiddenKeys(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, member]) => [
		...(key === '__proto__' ? [key] : []),
		...forbiddenKeys(member),
	]);
}
