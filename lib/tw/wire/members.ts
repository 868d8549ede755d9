/**
 * The members of TW's answers to reads: documented, or assumed where a page is not public. They check
 * nothing, since a run checks only what it reads (answers.ts). The editor shows them before the first run,
 * and an account's answers are compared with them.
 */
import * as z from 'zod/v4';
import { amount, orderCheckData, orderInfoData } from './answers';

const text = z.string();
const number = z.number();
const list = <T extends z.ZodType>(entry: T) => z.array(entry);

const feeLine = z.looseObject({ name: text, amount, note: text });

/** A pager around entries [documented]; `per_page` comes as text. */
const pager = <T extends z.ZodType>(entry: T) =>
	z.looseObject({
		current_page: number,
		data: list(entry),
		last_page: number,
		per_page: amount,
		total: number,
	});

/** A delivery channel. ASSUMED. */
export const channelMembers = () => z.looseObject({ code: text, name: text });

/** The balance, where it is an object. ASSUMED. */
export const balanceMembers = () => z.looseObject({ balance: amount, currency: text.optional() });

/** A trial's answer. ASSUMED: the vocabulary of orderInfo and orderFee. */
export const trialMembers = () =>
	z.looseObject({
		no: text.optional(),
		product: text.optional(),
		charge_weight: amount.optional(),
		charge_weight_unit: text.optional(),
		charge_amount: amount.optional(),
		charge_total_amount: amount.optional(),
		errors: z.unknown().optional(),
		...feeMembers().partial().shape,
	});

/** orderInfo's `data` [documented; no more of `children` was seen]. */
export const orderMembers = () =>
	orderInfoData.extend({
		no: text,
		is_prod: z.boolean().nullable(),
		tracking_number: text.nullable(),
		practical_boxes_number: number,
		charge_weight: amount.nullable(),
		charge_weight_unit: text.nullable(),
		charge_amount: amount.nullable(),
		removing_at: text.nullable(),
		removed_at: text.nullable(),
		real_removed_at: text.nullable(),
		status: number.nullable(),
		is_signature_service: z.boolean(),
		freight_class: text.nullable(),
		practical_weight: amount,
		is_residential: z.boolean(),
		/** On the Chinese page only. */
		charge_total_amount: amount.nullish(),
		additionally_proportion: amount,
		additionally_amount: amount,
		gfp_discount_percent: amount,
		bill_boxes_number: number,
		bill_amount: amount,
		bill_weight: amount,
		bill_weight_unit: text.nullable(),
		note: text.nullable(),
		children: list(
			z.looseObject({ box_sequence_number: number, tracking_number: text.nullable() }),
		),
	});

/** orderCheck's `data` [documented; the entries of `errors` were not seen]. */
export const checkMembers = () =>
	orderCheckData.extend({
		request_id: text,
		no: text,
		errors: z.union([list(z.unknown()), z.record(z.string(), z.unknown()), text]),
	});

/** orderFee's `data` [documented]; `charges` is keyed by tracking number. */
export const feeMembers = () =>
	z.looseObject({
		discounts: list(feeLine),
		charges: z.union([z.record(z.string(), list(feeLine)), list(z.unknown())]),
		additionally_proportion: amount,
		additionally_amount: amount,
	});

/** An invoice of getBill [documented]. */
export const invoiceMembers = () =>
	z.looseObject({
		id: number,
		bill_at: text,
		code: text,
		sort: text,
		balance_before: amount,
		charge_price: amount,
		refund_price: amount,
		balance_after: amount,
		bill_price: amount,
		status: number,
		created_at: text,
	});

/** A line of getBillInfo [documented]. */
export const lineMembers = () =>
	z.looseObject({
		id: number,
		no: text,
		main_number: text,
		tracking_number: text,
		product_name: text,
		value: amount,
		fee_name: text,
	});

/** A bag. ASSUMED throughout. */
export const bagMembers = () =>
	z.looseObject({
		bag_no: text,
		status: text,
		created_at: text,
		reviewed_at: text.nullable(),
		orders: list(z.looseObject({ no: text, tracking_number: text.nullable() })),
	});

export const invoicesMembers = () => pager(invoiceMembers());
export const linesMembers = () => pager(lineMembers());
