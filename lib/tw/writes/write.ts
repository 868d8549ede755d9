/** The small writes at TW, whose pages are not public: delete and the bag actions. */
import * as z from 'zod/v4';
import { UnknownOutcomeFault } from '../../base/errors';
import { fingerprint } from '../../base/fingerprint';
import { type JsonObject, type JsonValue, serialise } from '../../base/json';
import type { OutcomeWord } from '../../base/outcome';
import { recorded, sendOnce } from '../../once/once';
import { preview, dryRunItem } from '../../once/preview';
import type { Ask, Delivered, Send } from '../../once/send';
import type { RememberPlace } from '../../register/register';
import { twEndpoints, type TwEndpointName } from '../wire/endpoints';
import { markOf, type RememberSettings, sendOptions, TW_WRITE, type WriteContext } from './policy';

export interface SmallWrite {
	endpoint: TwEndpointName;
	body: object;
	/** The kind of thing it changes, and the thing's number. */
	kind: 'order' | 'bag';
	name: string;
	/** Asks TW whether it took effect. An `unclear` answer never leads to a resend. */
	ask: Ask<unknown>;
	/** It makes the thing, so its number is remembered. Else it is sent once per round of an execution. */
	makes?: RememberSettings;
	/** It frees the number, which this place forgets. */
	frees?: RememberPlace;
}

/** The number's name in the output and in the panel. */
const MEMBERS = { order: 'no', bag: 'bag_no' } as const;
const LABELS = { order: 'Order Number', bag: 'Bag Number' } as const;

/**
 * Sends a write at most once on our own account.
 *
 * @param item reads the operation's own part of the output, once it is sent
 * @returns the output: the outcome, and TW's answer or that it was lost
 * @throws a fault of errors.ts; {@link UnknownOutcomeFault} if it may have taken effect
 */
export async function writeOnce(
	context: WriteContext,
	write: SmallWrite,
	item: () => Promise<JsonObject & { outcome: OutcomeWord }>,
): Promise<JsonObject> {
	const { client, limits } = context;
	const { endpoint, body, kind, name, makes, frees } = write;
	const send = sendOf(write, context);
	const options = await sendOptions(context, makes ?? { remember: 'no' });
	if (client.isDry) {
		const more = { [MEMBERS[kind]]: name, register: await preview(send, options) };
		return dryRunItem(client.show(endpoint, body), more, client.redact);
	}
	const transmit = async () => ({
		data: await client.call(endpoint, body, { rule: 'write', ...limits }),
	});
	const delivered = await sendOnce(send, transmit, options);
	const remark = frees && (await forget(context, kind, name, frees));
	const { outcome, ...own } = await item();
	return { outcome, ...own, ...(remark ? { remark } : {}), ...becameOf(delivered) };
}

function sendOf(
	{ endpoint, body, kind, name, ask, makes, frees }: SmallWrite,
	context: WriteContext,
) {
	const print = fingerprint(serialise(body));
	const { title } = twEndpoints[endpoint];
	const thing = `${kind} ${name}`;
	const { account } = context.client;
	// A later round of a loop may delete again what was made again meanwhile
	const marks = makes
		? markOf(kind, account, name)
		: {
				...markOf('write', account, `${endpoint} ${context.run} ${print}`),
				name,
				deed: `'${title}' for ${thing}`,
			};
	return {
		...marks,
		...(frees ? { then: 'Then its number can be used again.' } : {}),
		policy: TW_WRITE,
		body: print,
		keeps: [],
		thing,
		label: LABELS[kind],
		ask,
		unknown: (reason, finding) =>
			new UnknownOutcomeFault(
				`It is unknown whether TW carried out '${title}' for ${thing}: ${reason.message}`,
				`${finding} It was not sent again. Look up ${thing} at TW in a few minutes before you repeat it.`,
				reason.facts,
			),
	} satisfies Send<unknown>;
}

/** Lets a deleted number be used again; a remark for the user if the register could not be reached. */
async function forget(
	{ client, register }: WriteContext,
	kind: SmallWrite['kind'],
	name: string,
	place: RememberPlace,
): Promise<string | undefined> {
	const { key } = markOf(kind, client.account, name);
	const release = async () => await (await register(place)).release(key);
	return await recorded(release());
}

function becameOf(delivered: Delivered<{ data: unknown }, unknown>): JsonObject {
	const { how, remark } = delivered;
	const isOfAnother = how === 'sent-before' && delivered.entry.execution !== '';
	const answer =
		how === 'sent' ? delivered.answer : how === 'sent-before' ? delivered.entry.answer : undefined;
	const data = answer?.['data'] as JsonValue | undefined;
	return {
		...(how === 'existing' || how === 'recovered' ? { recovered: true } : {}),
		...(isOfAnother ? { existing: true } : {}),
		...(remark ? { remark } : {}),
		...(data === undefined ? {} : { response: data }),
	};
}

/**
 * The members of {@link writeOnce}'s output.
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
