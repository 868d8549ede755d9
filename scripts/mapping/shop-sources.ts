/** Which member of a shop's body each member of the neutral order is read from. */
import type { ShopEvent } from '../../lib/shops/order';
import { readShopEvent, readShopOrder } from '../../lib/shops/read';
import { type Choice, type Choices, type Reading, sourcesOf } from './probe';
import type { ShopSpecimens, Specimen } from './specimens/specimen';

/** By member of `order`, then by kind of body. */
export type ShopSources = Map<string, Map<string, Choices>>;

/** Before what stands in an event, beside the object that the event is about. */
export const OF_EVENT = 'event.';

export function eventIn(shop: ShopSpecimens['shop'], { topic, body }: Specimen): ShopEvent {
	const event = readingOf(shop, topic)(body);
	if (!event) throw new Error(`The specimen of '${topic}' of ${shop} is not read`);
	return event;
}

const readingOf =
	(shop: ShopSpecimens['shop'], topic: string): ((body: unknown) => ShopEvent | undefined) =>
	(body) =>
		readShopEvent(body, hintsOf(shop, topic));

const hintsOf = (shop: ShopSpecimens['shop'], topic: string) => ({
	...{ shop, topic, orderMember: 'order_id' },
});

export function shopSources({ shop, all }: ShopSpecimens): ShopSources {
	const members: ShopSources = new Map();
	for (const { topic, kind, body, within, adds } of all) {
		const read: Reading = (given) => readShopOrder(given, hintsOf(shop, topic));
		const isAsked = (member: string) =>
			!adds || adds.some((one) => member === one || /^(\.|\[)/.test(member.replace(one, '')));
		if (adds?.length === 0) continue;
		for (const [member, choices] of sourcesOf(read, body, isAsked)) {
			const kinds = members.get(member) ?? new Map<string, Choices>();
			kinds.set(kind, joined(kinds.get(kind) ?? [], shortened(choices, within)));
			members.set(member, kinds);
		}
	}
	return members;
}

/** When what has happened did so: by topic. */
export function timesOf(
	shop: ShopSpecimens['shop'],
	specimens: readonly Specimen[],
): Map<string, Choices> {
	const times = new Map<string, Choices>();
	for (const specimen of specimens) {
		const { topic, body, within } = specimen;
		const { event } = eventIn(shop, specimen);
		const read: Reading = (given) => {
			const after = readingOf(shop, topic)(given);
			// Of another event it is another time
			return after?.event === event ? { at: after.at } : undefined;
		};
		const choices = shortened(sourcesOf(read, body).get('at') ?? [], within);
		times.set(topic, joined(times.get(topic) ?? [], choices));
	}
	return times;
}

/** From the shop's object on, as the shop's own documentation names its members. */
function shortened(choices: Choices, within: readonly string[] = []): Choices {
	const outer = within.map((name) => `${name}.`).join('');
	const own = (path: string) =>
		path.startsWith(outer) ? path.slice(outer.length) : OF_EVENT + path.replace(/^data\./, '');
	return choices.map(({ of, by }) => ({ of: of.map(own), by: by.map(own) }));
}

/** The earlier choices, then those that are new; one that has all of another and more takes its place. */
function joined(earlier: Choices, later: Choices): Choices {
	const known = new Set(earlier.flatMap(({ of }) => of));
	const fresh = later.filter(({ of }) => of.some((path) => !known.has(path)));
	const wider = (choice: Choice) =>
		fresh.find(({ of }) => choice.of.every((path) => of.includes(path)));
	return [...new Set([...earlier.map((choice) => wider(choice) ?? choice), ...fresh])];
}
