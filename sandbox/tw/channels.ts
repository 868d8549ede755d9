import type { Cents } from './money';
import { State, type FailedState } from './states';

/** A delivery channel ("product") and its price table. */
export interface Channel {
	code: string;
	name: string;
	base: Cents;
	perPound: Cents;
	/** Forecasts in this channel end in this state, whatever the order says. */
	fails?: FailedState;
	/** The trial has no price for it. */
	unpriced?: boolean;
}

/** Channels that the channel list shows. UA and UW appear in TW's examples [doc]; names and prices are invented. */
export const channels: readonly Channel[] = [
	{ code: 'UA', name: '美东 UPS Ground', base: 640, perPound: 31 },
	{ code: 'UW', name: '美西 UPS Ground', base: 590, perPound: 28 },
	{ code: 'U2', name: 'UPS 2nd Day Air', base: 1580, perPound: 96 },
	{ code: 'FH', name: '美西 Fedex Ground HD', base: 610, perPound: 30 },
	{ code: 'T86', name: 'T86 小包', base: 320, perPound: 45 },
];

/** Channels the list hides. They exist so that a test can have an order fail, or priced at nothing readable. */
const markers: readonly Channel[] = [
	{ code: 'FAIL-1', name: 'Always fails (-1)', base: 640, perPound: 31, fails: State.abnormal },
	{ code: 'FAIL-2', name: 'Always fails (-2)', base: 640, perPound: 31, fails: State.formInvalid },
	{ code: 'FAIL-4', name: 'Always fails (-4)', base: 640, perPound: 31, fails: State.balanceShort },
	{ code: 'FAIL-6', name: 'Always fails (-6)', base: 640, perPound: 31, fails: State.trialFailed },
	{
		code: 'FAIL-9',
		name: 'Always fails (-9)',
		base: 640,
		perPound: 31,
		fails: State.requestFailed,
	},
	{ code: 'NOPRICE', name: 'Price on request', base: 640, perPound: 31, unpriced: true },
];

const byCode = new Map([...channels, ...markers].map((channel) => [channel.code, channel]));

/** Stands in where a product is unknown and yet something must be reckoned with. */
export const anyChannel: Channel = { code: '', name: '', base: 640, perPound: 31 };

/** The channel of a ticket's `product`, if there is one. */
export function findChannel(code: string): Channel | undefined {
	return byCode.get(code);
}
