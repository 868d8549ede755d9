/** Every write and event of the table of ways out, with contents that its owner can correct. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { OutcomeWord } from '../../lib/base/outcome';
import type { Sandbox } from '../../sandbox';
import type { Props } from '../operations/list';
import { callTw, forecast, ticket } from '../sandbox/client';
import { FORECAST } from '../observed';
import { allNodes } from '../../scripts/offers';
import { allScenarios, type Scenario } from './scenarios';
import { MARKS } from './way-columns';
import type { Seen, Wants } from './way-judge';

export interface Row extends Scenario {
	/** In the words of the editor. */
	label: string;
	effect: Wants['effects'];
	outcomes: readonly OutcomeWord[];
	/** The member of the output that holds the number. */
	member: 'no' | 'bag_no' | 'order_id';
	/** Another run sends nothing once it has taken effect. */
	isRemembered: boolean;
	/** The operation that a person looks with, and what its output means; null is "not found". */
	look?: { operation: string; means: (found: Found) => Seen | undefined };
}

type Found = IDataObject | null | undefined;
type Rule = Pick<Row, 'effect' | 'outcomes' | 'member' | 'look'>;

/** @param isDone for what is found; null is "not found" */
const get = (isDone: (found: IDataObject | null) => boolean): Row['look'] => ({
	operation: 'get',
	means: (found) => (found === undefined ? found : isDone(found) ? 'done' : 'not done'),
});
/** A person reads zeros as no time. */
const isTime = (text: unknown) => typeof text === 'string' && /[1-9]/.test(text);

const order: Rule = {
	effect: 'makes',
	outcomes: ['completed'],
	member: 'no',
	look: get((found) => found !== null),
};
const bag = { effect: 'once', member: 'bag_no' } as const;
const RULES: Readonly<Record<string, Rule>> = {
	create: order,
	buyCheapest: order,
	'twOrder delete': {
		...{ effect: 'once', outcomes: ['deleted', 'accepted'], member: 'no' },
		look: get((found) => found === null || isTime(found['removed_at'])),
	},
	'twBag create': { ...bag, effect: 'makes', outcomes: ['created'], look: order.look! },
	'twBag delete': {
		...{ ...bag, outcomes: ['deleted'] },
		look: get((found) => found === null),
	},
	'twBag review': {
		...{ ...bag, outcomes: ['reviewed'] },
		look: get((found) => found?.['status'] === 'reviewed'),
	},
	td: { effect: 'at least once', outcomes: ['reported'], member: 'order_id' },
};

/** One event of each form: documented in full, with a payment, and from a shop. */
const TAKEN = /^tw|^td (order_ship|order_payment|reportShopEvent)(,|$)/;

export const rows: readonly Row[] = allScenarios()
	.filter(({ kind, title }) => kind !== 'read' && TAKEN.test(title))
	.flatMap((scenario) => (scenario.title === 'twOrder create' ? forms(scenario) : [scenario]))
	.map(toRow);

/** Create, and how else an order is told, or left to itself. */
function forms(create: Scenario): Scenario[] {
	const body = ticket('{{ $json.name }}', { note: '{{ $json.mark }}' });
	const inJson = { specifyOrder: 'json', orderJson: `=${JSON.stringify(body)}` };
	const { operation } = create.parameters;
	const parameters = { operation, ...inJson, waitForCompletion: true } as INodeParameters;
	const notWaited = { ...create.parameters, waitForCompletion: false };
	return [
		create,
		{ ...create, title: `${create.title}, in JSON`, parameters },
		{ ...create, title: `${create.title}, not waited for`, parameters: notWaited },
	];
}

function toRow(scenario: Scenario): Row {
	const { title, node, parameters, options, prepare } = scenario;
	const [name = '', ...form] = title.split(', ');
	const operation = (parameters['operation'] ?? name.split(' ')[1]) as string;
	const rule = RULES[name] ?? RULES[node === 'tdOrderEvent' ? 'td' : operation];
	if (!rule) throw new Error(`There is no rule for ${title}: add one to RULES`);
	const isAtMostOnce = options['delivery'] === 'event-at-most-once';
	// Across executions nothing else can promise it
	const remembered: INodeParameters = isAtMostOnce ? { reportOnce: 'files' } : {};
	const isShops = operation === 'reportShopEvent';
	return {
		...scenario,
		...rule,
		...(isAtMostOnce ? { effect: 'at most once' as const } : {}),
		...(form.includes('not waited for') ? { outcomes: ['accepted', 'completed'] } : {}),
		label: [labelOf(node, operation), ...form].join(', '),
		isRemembered: rule.effect === 'makes' || isAtMostOnce || isShops,
		parameters: { ...marked(scenario), ...remembered },
		prepare: async (sandbox, itsName) => ({
			...(title === 'twBag create'
				? await ordersForBag(sandbox, itsName)
				: await prepare(sandbox, itsName)),
			mark: MARKS.first,
		}),
	};
}

function labelOf(node: string, operation: string): string {
	const { title, offers } = allNodes.find(
		({ folder }) => folder.toLowerCase() === node.toLowerCase(),
	)!;
	return `${title} → ${offers.find(({ value }) => value === operation)!.name}`;
}

/** The parameters with a mark in what is sent, so that it can be corrected; a number alone has none. */
function marked({ title, parameters }: Scenario): INodeParameters {
	const { shopEvent, bodyJson, consignee_by, nos } = parameters;
	const [ACCOUNT, mark] = ['123456789', '{{ $json.mark }}'];
	if (typeof shopEvent === 'string') {
		return { ...parameters, shopEvent: shopEvent.replace(`"${ACCOUNT}"`, '$json.mark') };
	}
	if (typeof bodyJson === 'string') {
		return { ...parameters, bodyJson: bodyJson.replace(ACCOUNT, mark) };
	}
	if (consignee_by !== undefined) {
		return { ...parameters, additionalFields: { note: `=${mark}` } };
	}
	if (nos !== undefined && title === 'twBag create') {
		return { ...parameters, nos: `={{ $json.name }}-${mark}` };
	}
	return parameters;
}

/** Two orders, of which the first is wrong for the bag and the other one right. */
async function ordersForBag(sandbox: Sandbox, name: string): Promise<Props> {
	for (const mark of Object.values(MARKS)) await forecast(sandbox, `${name}-${mark}`);
	return { name };
}

/** How often it was taken, and how often it stands: an order that TW failed does not. */
export async function standingOf(
	sandbox: Sandbox,
	{ effects, effectPath }: Row,
	props: Props,
): Promise<{ taken: number; stands: number }> {
	const ledger = sandbox.ledger();
	const taken = effects(ledger, props);
	if (effectPath !== FORECAST) return { taken, stands: taken };
	const states = await Promise.all(
		ledger.orders
			.filter(({ no }) => no === props.name)
			.map(async ({ requestId: request_id }) => {
				const { body } = await callTw<{ status: number }>(sandbox, 'orderCheck', { request_id });
				return body.data.status;
			}),
	);
	return { taken, stands: states.filter((status) => status >= 0).length };
}
