/** What we expect of each answer, and where else an endpoint may be. */
import * as z from 'zod/v4';
import { isEmpty, isRecord } from '../base/json';
import { tdCodes } from '../td/codes';
import { bagIn } from '../tw/bags/bag';
import { balanceIn } from '../tw/billing/balance';
import { channelsIn } from '../tw/orders/channels';
import { feeData } from '../tw/orders/fees';
import { hasLabel } from '../tw/orders/label';
import { readTrial } from '../tw/orders/quote';
import { orderCheckData, orderInfoData, pagerData } from '../tw/wire/answers';
import type { TwReadName } from '../tw/wire/endpoints';
import * as known from '../tw/wire/members';
import type { Expected } from './judge';

export interface Reader extends Pick<Expected, 'members'> {
	/** What an operation uses of `data`; undefined if it does not find that. */
	read: (data: unknown, request: Record<string, unknown>) => unknown;
	/**
	 * Other paths that an assumed read may have; asked only if ours is not found. Each is named as TW
	 * names its reads (`getBill`, `orderInfo`): a path that may review, print or delete something has
	 * no place here.
	 */
	otherPaths?: readonly string[];
}

const wholeIf = (fits: (data: unknown) => boolean) => (data: unknown) =>
	fits(data) ? data : undefined;
const whole = (schema: z.ZodType) => wholeIf((data) => schema.safeParse(data).success);
const v2 = (...names: string[]) => names.map((name) => `/api/v2/${name}`);

export const readers: Readonly<Record<TwReadName, Reader>> = {
	getProduct: {
		read: (data) => {
			const channels = channelsIn(data).map(({ raw }) => raw);
			return isEmpty(data) || channels.length > 0 ? channels : undefined;
		},
		members: () => z.array(known.channelMembers()),
		otherPaths: v2('getProducts', 'getProductList', 'productList', 'getChannel', 'getChannelList'),
	},
	getBalance: {
		read: wholeIf((data) => balanceIn(data) !== undefined),
		members: known.balanceMembers,
		otherPaths: v2('getAvailableBalance', 'getAccountBalance', 'balanceInfo', 'accountInfo'),
	},
	getBill: { read: whole(pagerData), members: known.invoicesMembers },
	getBillInfo: { read: whole(pagerData), members: known.linesMembers },
	orderTrial: {
		read: (data) => {
			const { price, refused } = readTrial(data);
			if (price === null && refused === null) return undefined;
			// The one order's part: itself, in a list, or under its number
			const [only, ...others] = Object.values(data as object) as unknown[];
			return others.length === 0 && isRecord(only) ? only : data;
		},
		members: known.trialMembers,
	},
	orderCheck: { read: whole(orderCheckData), members: known.checkMembers },
	orderInfo: { read: whole(orderInfoData), members: known.orderMembers },
	orderFee: { read: whole(feeData), members: known.feeMembers },
	orderLabel: {
		read: wholeIf(hasLabel),
		otherPaths: v2('getLabel', 'getOrderLabel', 'labelInfo'),
	},
	bagInfo: {
		read: (data, { bag_no }) => bagIn(data, String(bag_no)),
		members: known.bagMembers,
		otherPaths: v2('getBag', 'getBagInfo', 'bagList', 'packageInfo'),
	},
};

/** TD has no call that only reads, so it is sent an empty object, which it must refuse. */
export const tdRefusal: Expected = {
	vendor: 'TD',
	read: (answer) => answer,
	/** Members of TD's answer [documented]. */
	members: () => z.object({ code: z.number(), message: z.string(), sequence_id: z.string() }),
	refusals: tdCodes,
};
