/** What TW and TD are told of each member of the neutral order, as the editor calls it. */
import type { Fields } from '../../lib/fields/field';
import { readTime } from '../../lib/operation/time';
import { SHOP_EVENTS, type ShopEvent, type ShopEventName, shopEvent } from '../../lib/shops/order';
import { readRates } from '../../lib/shops/events/amount';
import type { PlanTerms } from '../../lib/shops/events/happening';
import { planEvents } from '../../lib/shops/events/plan';
import type { TicketChoices as FormChoices } from '../../lib/shops/ticket/fields';
import { ticketOf } from '../../lib/shops/ticket/ticket';
import { paymentIn } from '../../lib/shops/events/paid';
import { basicsOf, factsOf, withEvent } from '../../lib/shops/events/visit';
import { tdRegions } from '../../lib/td/regions';
import { ticketFields } from '../../lib/tw/orders/ticket';
import { eventOperations } from '../../nodes/TdOrderEvent/reportShopEvent';
import { stepsOf, valueAt, withValue } from './json';
import { orderMembers } from './members';
import { type Choices, type Reading, sourcesOf } from './probe';
import { neutral } from './specimens/neutral';

/** A member of what is sent, and of the neutral order's that it is made of. */
interface Use {
	label: string;
	/** Whether another member goes before. */
	isElse: boolean;
}

/** By member of the neutral event, such as `order.id` and `at`. */
export type Uses = Map<string, Use[]>;

const WHETHER_SHIPPED = 'whether it is shipped';

/** The decisions of a user, so that everything is told: the shop counts in euros, TW and TD in dollars. */
const choices: FormChoices = {
	shopOrder: {},
	packing: 'one',
	weightUnit: 'kg',
	boxLength: 20,
	boxWidth: 20,
	boxHeight: 20,
	ifMissing: 'fail',
	ifNotShipped: 'skip',
	shipUnpaid: false,
	declaredValueRate: 2,
	freightClass: '',
	isSignatureService: 0,
	note: '',
};

export function ticketUses(): Uses {
	for (const member of orderMembers) {
		if (valueAt(neutral, ['order', ...stepsOf(member)]) !== undefined) continue;
		throw new Error(`The neutral specimen lacks '${member}'`);
	}
	const read: Reading = (given) => {
		const { event, order, shop } = shopEvent.parse(given);
		const made = ticketOf({ event, order, shop }, choices, 'USD');
		return 'ticket' in made ? { isShipped: true, ticket: made.ticket } : { isShipped: false };
	};
	const labels = new Map<string, Choices>();
	// What is disputed is not shipped
	const given = withValue(neutral, ['order', 'dispute', 'status'], 'won');
	for (const [member, found] of sourcesOf(read, given)) {
		const [, ...place] = member.split('.');
		const label = member === 'isShipped' ? WHETHER_SHIPPED : labelAt(ticketFields, place);
		if (label !== undefined) labels.set(label, merged(labels.get(label) ?? [], found));
	}
	return turned(labels);
}

/** TD's events are named where a label is not in all of them. */
export function eventUses(): Uses {
	const types = Object.keys(bodiesOf(shopEvent.parse(neutral)));
	const labels = new Map<string, Map<string, Choices>>();
	const read: Reading = (given) => bodiesOf(shopEvent.parse(given));
	for (const [member, found] of sourcesOf(read, neutral)) {
		const [type = '', ...place] = member.split('.');
		const label = labelAt(eventOperations[type]!.fields, place);
		if (label === undefined) continue;
		const byType = labels.get(label) ?? new Map<string, Choices>();
		byType.set(type, merged(byType.get(type) ?? [], found));
		labels.set(label, byType);
	}
	return withTypes(labels, types);
}

/** The bodies of the events that TD would be told, whatever of it all has happened. */
function bodiesOf(event: ShopEvent): Record<string, unknown> {
	const names = Object.keys(SHOP_EVENTS) as ShopEventName[];
	const all = names.flatMap((name) => {
		const one = { ...event, event: name };
		const settings = { noDevice: 'fixed', fixedIp: '1.1.1.1' } as Parameters<typeof basicsOf>[2];
		const basics = basicsOf(factsIn(one), orderIdIn(one), settings)?.members;
		return planEvents(one, eventTerms(one)).flatMap((telling) =>
			'body' in telling ? [[telling.type, { ...basics, ...telling.body() }]] : [],
		);
	});
	return Object.fromEntries(all) as Record<string, unknown>;
}

const orderIdIn = ({ order }: ShopEvent) => order.id ?? 'none';

const factsIn = (event: ShopEvent) => withEvent(factsOf(event, undefined), event, orderIdIn(event));

/** As a user may have decided, of an order that was known with other contents. */
export const eventTerms = (event: ShopEvent): PlanTerms => ({
	orderId: orderIdIn(event),
	payment: paymentIn(event, orderIdIn(event), []),
	payments: factsIn(event).payments,
	contents: 'before',
	includesInquiries: false,
	category: 'goods',
	region: tdRegions.us,
	rates: readRates('EUR 1.08') ?? new Map<string, string>(),
	time: (text) => readTime(text, 'UTC')?.iso,
});

/** Several members of one label: its first choices, its second ones, … */
function merged(one: Choices, other: Choices): Choices {
	return Array.from({ length: Math.max(one.length, other.length) }, (_, at) => ({
		of: [...(one[at]?.of ?? []), ...(other[at]?.of ?? [])],
		by: [...(one[at]?.by ?? []), ...(other[at]?.by ?? [])],
	}));
}

/** From member by label to label by member. */
function turned(labels: ReadonlyMap<string, Choices>): Uses {
	const uses: Uses = new Map();
	for (const [label, found] of labels) addUses(uses, label, found);
	return uses;
}

function withTypes(
	labels: ReadonlyMap<string, ReadonlyMap<string, Choices>>,
	types: readonly string[],
): Uses {
	const uses: Uses = new Map();
	for (const [label, byType] of labels) {
		const members = new Map<string, string[]>();
		for (const [type, found] of byType) {
			for (const [member, [use]] of turned(new Map([[label, found]]))) {
				const key = `${use!.isElse ? 'else ' : ''}${member}`;
				members.set(key, [...(members.get(key) ?? []), type]);
			}
		}
		for (const [key, told] of members) {
			const isElse = key.startsWith('else ');
			const member = isElse ? key.slice('else '.length) : key;
			const names = told.map((type) => eventOperations[type]!.name);
			const where = told.length === types.length ? '' : ` (${names.join(', ')})`;
			uses.set(member, [...(uses.get(member) ?? []), { label: label + where, isElse }]);
		}
	}
	return uses;
}

function addUses(uses: Uses, label: string, found: Choices): void {
	found.forEach(({ of, by }, at) => {
		for (const member of [...of, ...by]) {
			const known = uses.get(member) ?? [];
			if (known.some((use) => use.label === label)) continue;
			uses.set(member, [...known, { label, isElse: at > 0 }]);
		}
	});
}

/**
 * The innermost field's label; an amount counts as one, whatever it consists of.
 *
 * @returns undefined for what has no field of its own: a group, or the whole body
 */
function labelAt(fields: Fields, [step = '', ...rest]: readonly string[]): string | undefined {
	const field = fields[step.replace('[]', '')];
	if (!field) return undefined;
	if (field.kind === 'either')
		return rest.length === 0 ? undefined : labelAt(field.group.field.fields, rest);
	if (field.kind !== 'group' && field.kind !== 'list') return field.label;
	if ('amount_local' in field.fields) return field.label;
	return rest.length === 0 ? undefined : labelAt(field.fields, rest);
}
