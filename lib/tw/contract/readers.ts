/** How the operations read the answer of each endpoint, and what its members are held against. */
import type { ZodType } from 'zod/v4';
import * as z from 'zod/v4';
import { isEmpty, isRecord } from '../../base/json-value';
import { bagIn } from '../bags/bag';
import { balanceIn } from '../billing/balance';
import { channelsIn } from '../orders/channels';
import { feeData } from '../orders/fees';
import { hasLabel } from '../orders/label';
import { readTrial } from '../orders/trial';
import { orderCheckData, orderInfoData, pagerData } from '../wire/answers';
import type { TwReadName } from '../wire/endpoints';
import {
	bagMembers,
	balanceMembers,
	channelMembers,
	checkMembers,
	feeMembers,
	invoicesMembers,
	linesMembers,
	orderMembers,
	trialMembers,
} from '../wire/members';

export interface Reader {
	/** Whether the operations that use the endpoint get from `data` what they need. */
	reads: (data: unknown, request: Record<string, unknown>) => boolean;
	/** What of `data` has the known members; undefined if there is nothing to compare. */
	entry?: (data: unknown, request: Record<string, unknown>) => unknown;
	/** The known members of it. */
	members?: () => ZodType;
	/** Whether the answer stands on a public page of TW. */
	isPublic: boolean;
}

const parses = (schema: ZodType) => (data: unknown) => schema.safeParse(data).success;
const itself = (data: unknown) => data;

export const readers: Readonly<Record<TwReadName, Reader>> = {
	getProduct: {
		reads: (data) => isEmpty(data) || channelsIn(data).length > 0,
		entry: (data) => channelsIn(data).map(({ raw }) => raw),
		members: () => z.array(channelMembers()),
		isPublic: false,
	},
	getBalance: {
		reads: (data) => balanceIn(data) !== undefined,
		entry: itself,
		members: balanceMembers,
		isPublic: false,
	},
	getBill: { reads: parses(pagerData), entry: itself, members: invoicesMembers, isPublic: true },
	getBillInfo: { reads: parses(pagerData), entry: itself, members: linesMembers, isPublic: true },
	orderTrial: {
		reads: (data) => {
			const { price, refused } = readTrial(data);
			return price !== null || refused !== null;
		},
		entry: trialEntry,
		members: trialMembers,
		isPublic: false,
	},
	orderCheck: {
		reads: parses(orderCheckData),
		entry: itself,
		members: checkMembers,
		isPublic: true,
	},
	orderInfo: { reads: parses(orderInfoData), entry: itself, members: orderMembers, isPublic: true },
	orderFee: { reads: parses(feeData), entry: itself, members: feeMembers, isPublic: true },
	orderLabel: { reads: hasLabel, isPublic: false },
	bagInfo: {
		reads: (data, { bag_no }) => bagIn(data, String(bag_no)) !== undefined,
		entry: (data, { bag_no }) => bagIn(data, String(bag_no)),
		members: bagMembers,
		isPublic: false,
	},
};

/** The one order's part: itself, in a list, or under its number. */
export function trialEntry(data: unknown): unknown {
	if (Array.isArray(data)) return data[0];
	if (!isRecord(data)) return undefined;
	const members = Object.values(data);
	return members.length === 1 && isRecord(members[0]) ? members[0] : data;
}
