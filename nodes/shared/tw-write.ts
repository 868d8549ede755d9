/** The frame of a small TW write whose page is not public: delete and the bag actions. */
import type { IDataObject } from 'n8n-workflow';
import * as z from 'zod/v4';
import { DryRunFault } from '../../lib/base/dry-run';
import { asFault } from '../../lib/base/errors';
import { fingerprint } from '../../lib/base/fingerprint';
import { serialise } from '../../lib/base/safe-json';
import type { Call } from '../../lib/operation/operation';
import type { OutcomeWord } from '../../lib/operation/outcome';
import type { TwClient } from '../../lib/tw/wire/client';
import { twEndpoints, type TwEndpointName } from '../../lib/tw/wire/endpoints';
import { markOf } from '../../lib/tw/wire/keys';
import { recorded } from '../../lib/once/recorded';
import { type Write, writeOnce, type Written } from '../../lib/tw/writes/once';
import type { LookUp } from '../../lib/tw/writes/settle';
import { remembering, type RememberSettings } from './remember';

/** What a write is about. */
interface Subject {
	kind: 'order' | 'bag';
	/** The user's number of it. */
	name: string;
}

/** What its number is called in the output. */
const MEMBERS = { order: 'no', bag: 'bag_no' } as const;
const LABELS = { order: 'Order Number', bag: 'Bag Number' } as const;

export type Ask = Write['ask'];

/**
 * Sends a write under the run's rules: once per round of an execution, looked up first in a retry.
 *
 * @param then what follows for the register, in a sentence for a dry run
 */
export async function sendWrite(
	call: Call<TwClient>,
	endpoint: TwEndpointName,
	body: object,
	subject: Subject,
	ask: Ask,
	then?: string,
): Promise<Written> {
	const print = fingerprint(serialise(body));
	// A later round of a loop may delete again what was made again meanwhile
	const known = markOf('write', call.client.account, `${endpoint} ${call.run} ${print}`);
	const deed = `'${twEndpoints[endpoint].title}' for ${subject.kind} ${subject.name}`;
	const mark = { ...known, ...subject, body: print, keeps: [], deed, ...(then ? { then } : {}) };
	return await send(call, endpoint, body, mark, ask, NO_MEMORY);
}

/** What follows from a deletion: {@link forget}. */
export const NUMBER_IS_FREE = 'Then its number can be used again.';

/** Sends a write that makes something: once, as far as the register remembers. */
export async function sendNew(
	call: Call<TwClient>,
	endpoint: TwEndpointName,
	body: object,
	subject: Subject,
	ask: Ask,
	settings: RememberSettings,
): Promise<Written> {
	const known = markOf(subject.kind, call.client.account, subject.name);
	const mark = { ...known, body: fingerprint(serialise(body)), keeps: [] };
	return await send(call, endpoint, body, { ...mark, ...subject }, ask, settings);
}

const NO_MEMORY: RememberSettings = { remember: 'no' };

async function send(
	call: Call<TwClient>,
	endpoint: TwEndpointName,
	body: object,
	mark: Omit<Write['mark'], 'thing' | 'label'> & Subject,
	ask: Ask,
	settings: RememberSettings,
): Promise<Written> {
	const { client, limits, isRetry } = call;
	const { kind, name } = mark;
	const write = {
		endpoint,
		body,
		ask,
		mark: { ...mark, thing: `${kind} ${name}`, label: LABELS[kind] },
	};
	const how = { limits, checkFirst: isRetry, ...(await remembering(call, settings)) };
	return await writeOnce(client, write, how).catch((error: unknown) => {
		throw error instanceof DryRunFault ? error.with({ [MEMBERS[kind]]: name }) : asFault(error);
	});
}

/**
 * Lets a deleted number be used again.
 *
 * @returns a remark for the user if the register could not be told
 */
export async function forget(
	call: Call<TwClient>,
	{ kind, name }: Subject,
	{ remember }: RememberSettings,
): Promise<string | undefined> {
	const { key } = markOf(kind, call.client.account, name);
	const release = async () => await (await call.register(remember)).release(key);
	return await recorded(release());
}

/**
 * The item of a write: what became of it, and what TW answered or that the answer was lost and TW shows
 * the result.
 *
 * @param own the operation's own members
 */
export function written(
	outcome: OutcomeWord,
	own: IDataObject,
	{ data, recovered, existing, remark }: Written,
): IDataObject {
	return {
		outcome,
		...own,
		...(recovered ? { recovered: true } : {}),
		...(existing ? { existing } : {}),
		...(remark ? { remark } : {}),
		...(data === undefined ? {} : { response: data }),
	};
}

/**
 * The members that {@link written} gives an item.
 *
 * @param words the outcomes that the write can have
 */
export const writtenMembers = <const Word extends OutcomeWord>(...words: [Word, ...Word[]]) => ({
	outcome: z.enum(words),
	recovered: z.boolean().optional(),
	existing: z.boolean().optional(),
	remark: z.string().optional(),
	/** TW's `data`, whose form is not public. */
	response: z.unknown().optional(),
});

/** For a write of which TW shows no trace that could be looked up. */
export const cannotBeLookedUp = async (): Promise<LookUp<unknown>> => ({
	unclear: 'TW shows no trace of it that could be looked up.',
});
