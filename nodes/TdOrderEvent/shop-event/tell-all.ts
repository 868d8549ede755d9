/** Tells TD an item's events, one after another, so that what went through is neither lost nor repeated. */
import { DryRunFault } from '../../../lib/base/dry-run';
import {
	asFault,
	CancelledFault,
	Fault,
	NotSentFault,
	RefusedFault,
	UnknownOutcomeFault,
} from '../../../lib/base/errors';
import type { JsonObject } from '../../../lib/base/json-value';
import { shownItem } from '../../../lib/operation/dry-run';
import type { Call, Result } from '../../../lib/operation/operation';
import type { Telling } from '../../../lib/shops/td-events';
import type { TdClient } from '../../../lib/td/client';
import { tellOnce } from '../once';
import { type EventBody, output, report } from '../report';
import { reported } from './operations';
import type { ShopEventSettings } from './settings';

/** An event for TD, checked. */
export interface Ready {
	telling: Telling;
	body: EventBody;
}

/** One that TD did not take, and why. */
interface Failure {
	one: Ready;
	fault: Fault;
}

/** What holds for all events of an item. */
export interface ItemTerms {
	/** The order as TD knows it. */
	orderId: string;
	settings: ShopEventSettings;
	/** What the user should know of each of them. */
	remark?: string | undefined;
	/** What is to be done once TD has an event; gives a remark on that one. */
	onTold: (telling: Telling) => Promise<string | undefined>;
}

/**
 * What TD refuses holds up none of the others; what would meet all of them (no connection, an open
 * outcome, a register that can't be reached) ends the item.
 *
 * @returns an output item each
 * @throws the first fault, which names what went through and what did not
 */
export async function tellAll(
	call: Call<TdClient>,
	all: readonly Ready[],
	terms: ItemTerms,
): Promise<Result[]> {
	const told: Array<{ one: Ready; result: Result }> = [];
	const failures: Failure[] = [];
	for (const one of all) {
		const attempt = { isSent: false };
		try {
			told.push({ one, result: await tell(call, one, terms, attempt) });
		} catch (error) {
			const fault = asFault(error);
			failures.push({ one, fault });
			if (!concernsItAlone(fault, attempt)) break;
		}
	}
	const [first, ...others] = failures;
	if (!first) return told.map(({ result }) => result);
	const done = told.map(({ one }) => one);
	throw withAccount(first.fault, {
		all,
		done,
		others,
		isRemembered: terms.settings.reportOnce !== 'no',
	});
}

/** Whether the others may go through: TD refused this one, or it was open from an earlier execution. */
const concernsItAlone = (fault: Fault, { isSent }: { isSent: boolean }) =>
	fault instanceof RefusedFault || (fault instanceof UnknownOutcomeFault && !isSent);

async function tell(
	call: Call<TdClient>,
	{ telling, body }: Ready,
	{ orderId, settings: { reportOnce, delivery }, remark: general, onTold }: ItemTerms,
	attempt: { isSent: boolean },
): Promise<Result> {
	const { signal, deadline } = call.limits;
	if (signal?.aborted) throw new CancelledFault();
	if (!deadline.allowsRequestAfter(0)) throw outOfTime(deadline.totalMs);
	const { type, key, of } = telling;
	const told = await tellOnce(
		call,
		{ event: type, order: orderId, contents: {} },
		{ reportOnce, delivery, onceKey: key },
		async () => {
			attempt.isSent = true;
			return await report(call, body, { delivery }, reported[type]!.fields, ` ${type} ${key}`);
		},
	).catch((error: unknown) => asFault(error));
	if (told instanceof DryRunFault) {
		await onTold(telling);
		const more: JsonObject = { shop_event: of };
		if (general !== undefined) more['remark'] = general;
		return shownItem(told.with(more), call.client.redact);
	}
	if (told instanceof Fault) throw told;
	const { answer, before, remark } = told;
	const remarks = [general, remark, await onTold(telling)].filter((one) => one !== undefined);
	return {
		json: {
			...output(body, answer),
			shop_event: of,
			...(before ? { reported_before: true } : {}),
			...(remarks.length > 0 ? { remark: remarks.join(' ') } : {}),
		},
	};
}

/** The fault with what became of the item's other events, where there are any. */
function withAccount(
	fault: Fault,
	{
		all,
		done,
		others,
		isRemembered,
	}: { all: readonly Ready[]; done: Ready[]; others: Failure[]; isRemembered: boolean },
): Fault {
	if (all.length === 1) return fault;
	const open = all.filter((one) => !done.includes(one));
	const again = isRemembered
		? 'Run the item again: what TD took is not repeated.'
		: "With 'Report Once' at No another execution reports all of them again.";
	return fault.rephrased(
		fault.message,
		[
			fault.advice,
			done.length > 0 ? `TD took ${namesOf(done, all)}.` : '',
			`Not reported of this item: ${namesOf(open, all)}.`,
			...others.map(({ fault: { message } }) => `Also: ${message}.`),
			done.length > 0 ? again : '',
		]
			.filter(Boolean)
			.join(' '),
	);
}

/** By type, and by what tells them apart where there are several of it. */
function namesOf(these: readonly Ready[], all: readonly Ready[]): string {
	return these
		.map(({ telling: { type, key } }) => {
			const isOne = all.filter(({ telling }) => telling.type === type).length === 1;
			return isOne ? type : `${type} ${key}`;
		})
		.join(', ');
}

const outOfTime = (totalMs: number) =>
	new NotSentFault(
		`It was not reported, because what came before it used up the ${totalMs / 1000} s that it may take`,
		"Raise 'Timeout' in the options, or run the item again later.",
	);
