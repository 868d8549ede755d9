/** The tables of a shop's page. */
import { SHOP_EVENTS, type ShopEventName, SHOPS, whatHappened } from '../../lib/shops/order';
import { planEvents } from '../../lib/shops/events/plan';
import { eventsOf, guides } from '../../nodes/ShopTrigger/guides';
import { eventOperations } from '../../nodes/TdOrderEvent/reportShopEvent';
import { stepsOf, valueAt } from './json';
import { orderMembers } from './members';
import type { Choices } from './probe';
import { eventIn, type ShopSources, shopSources, timesOf } from './shop-sources';
import type { ShopSpecimens, Specimen } from './specimens/specimen';
import { eventTerms, type Uses } from './uses';

/** Where the shop gets the trigger's address, and what else to know, as the panel says it. */
export function guideText(shop: ShopSpecimens['shop']): string {
	const { place, path, setup, remark, times = {} } = guides[shop];
	const often = Object.entries(times).map(
		([event, text]) => `**${SHOP_EVENTS[event as ShopEventName]}** starts the flow ${text}.`,
	);
	const where = `In ${place}: **${path}**, ${setup.join(', ')}.`;
	return [`${where} The address is the trigger's **Production URL**.`, remark, ...often].join(' ');
}

/** What happens, what to choose in the shop, and what TD gets. */
export function eventTable({ shop, all }: ShopSpecimens): string {
	const read = all.map((specimen) => ({ specimen, event: eventIn(shop, specimen) }));
	const rows = eventsOf(shop).map((name) => {
		const shown = read.find(({ event }) => whatHappened(event).includes(name));
		if (!shown) throw new Error(`No specimen of ${shop} shows '${name}'`);
		const own = read.filter(({ event }) => event.event === name).map(({ specimen }) => specimen);
		return [
			SHOP_EVENTS[name],
			guides[shop].topics[name] ?? '',
			timesText(shop, own),
			toldText(shown.event, name),
		];
	});
	return table(['Event', `Choose in ${SHOPS[shop]}`, 'Its time', 'TD gets'], rows);
}

function timesText(shop: ShopSpecimens['shop'], specimens: readonly Specimen[]): string {
	const times = [...timesOf(shop, specimens)].map(([topic, choices]) => ({
		topic,
		text: choicesText(choices),
	}));
	const [first] = times;
	if (times.every(({ text }) => text === first?.text)) return first?.text ?? '';
	return times.map(({ topic, text }) => `${code([topic])}: ${text}`).join('<br>');
}

function toldText(event: ReturnType<typeof eventIn>, name: ShopEventName): string {
	const plan = planEvents({ ...event, event: name, also: [] }, eventTerms(event));
	const types = plan.flatMap((one) => ('body' in one ? [one.type] : []));
	if (types.length > 0) return types.map((type) => eventOperations[type]!.name).join(', ');
	return plan.flatMap((one) => ('reason' in one ? [`nothing. ${one.reason}.`] : [])).join(' ');
}

/** Where each member of an order comes from, and where it goes. */
export function memberTable(specimens: ShopSpecimens, ticket: Uses, events: Uses): string {
	const sources = shopSources(specimens);
	const rows = orderMembers
		.filter((member) => sources.has(member))
		.map((member) => [
			sourceText(sources.get(member)!, specimens.usual),
			code([member]),
			usesText(ticket, member),
			usesText(events, member),
		]);
	const columns = [SHOPS[specimens.shop], 'In `order`', 'TW Order', 'TD Order Event'];
	return [table(columns, rows), kindsText(specimens), untoldText(specimens, sources)].join('\n\n');
}

/** Which webhooks bring the bodies that are no usual ones. */
function kindsText({ all, usual }: ShopSpecimens): string {
	const kinds = new Map<string, Set<string>>();
	for (const { kind, topic } of all) {
		if (kind !== usual) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(topic));
	}
	const texts = [...kinds].map(([kind, topics]) => `_${kind}_: ${code([...topics])}`);
	return texts.length > 0
		? `The words in front say which webhook brings it: ${texts.join('; ')}.`
		: '';
}

function sourceText(kinds: ReadonlyMap<string, Choices>, usual: string): string {
	const texts = new Map<string, string[]>();
	for (const [kind, choices] of kinds) {
		const text = choicesText(choices);
		texts.set(text, [...(texts.get(text) ?? []), kind]);
	}
	return [...texts]
		.map(([text, named]) =>
			named.includes(usual) ? text : `${named.map((kind) => `_${kind}_`).join(', ')}: ${text}`,
		)
		.join('<br>');
}

const choicesText = (choices: Choices): string =>
	choices
		.map(({ of, by }) => code(grouped(of)) + (by.length > 0 ? `, by ${code(grouped(by))}` : ''))
		.join('; else ');

/** Members of one object in one word: `line_items[].quantity`, `.price`. */
function grouped(paths: readonly string[]): string[] {
	let before = '';
	return paths.map((path) => {
		const parent = path.slice(0, path.lastIndexOf('.') + 1);
		const isSame = parent !== '' && parent === before;
		before = parent;
		return isSame ? path.slice(parent.length - 1) : path;
	});
}

function usesText(uses: Uses, member: string): string {
	const own = uses.get(`order.${member}`) ?? [];
	return own.map(({ label, isElse }) => (isElse ? `_else_ ${label}` : label)).join('; ');
}

/** The members that none of the bodies tells, a whole object in one word. */
function untoldText({ shop, all }: ShopSpecimens, sources: ShopSources): string {
	const orders = all.map((specimen) => eventIn(shop, specimen).order);
	const isTold = (member: string) =>
		sources.has(member) ||
		orders.some((order) => {
			const value = valueAt(order, stepsOf(member));
			return ![null, undefined, false, 'unknown'].includes(value as null) && !isEmpty(value);
		});
	const untold = orderMembers.filter((member) => !isTold(member));
	const whole = untold.map((member) => wholeOf(member, untold));
	return `${SHOPS[shop]} does not send: ${code([...new Set(whole)])}.`;
}

/** The outermost object or list of which nothing is told. */
function wholeOf(member: string, untold: readonly string[]): string {
	const steps = member.split('.');
	const parents = steps.slice(1).map((_, at) => steps.slice(0, at + 1).join('.'));
	const parent = parents.find((one) =>
		orderMembers
			.filter((other) => other.startsWith(`${one}.`))
			.every((other) => untold.includes(other)),
	);
	return (parent ?? member).replace(/\[\]$/, '');
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

const table = (columns: readonly string[], rows: ReadonlyArray<readonly string[]>) =>
	[columns, columns.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
		.join('\n');
