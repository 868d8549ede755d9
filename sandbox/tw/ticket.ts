import { isObject, type JsonObject } from '../exchange';

/** A carton line: `number` boxes that are alike. */
export interface Box {
	number: number;
	weight: number;
	length?: number;
	width?: number;
	height?: number;
	declaredValue?: number;
	referenceNumbers?: string[];
}

/** An order as a trial or a forecast carries it, checked. Members nobody documented are kept. */
export interface Ticket {
	no: string;
	product: string;
	consignee: string | Record<string, unknown>;
	boxes: Box[];
	freightClass?: string;
	isSignatureService?: 0 | 1;
	note?: string;
}

/**
 * All that is wrong with a ticket; an empty list means that the vendor takes it.
 *
 * Names are [doc]. What is required is ASSUMED, since no page says it: the least an order can do
 * without, or, with `all`, every member that both of the vendor's example tickets have.
 * null fits no documented member: the examples never have it in a request. What stands in members
 * nobody documented is let through, as in TD's events.
 */
export function ticketErrors(ticket: unknown, all: boolean): string[] {
	if (!isObject(ticket)) return ['a ticket must be an object'];
	const errors: string[] = [];
	const check = new Members(ticket, '', errors);

	check.member('no', true, isFilledText, 'a non-empty string');
	check.member('product', true, isFilledText, 'a non-empty string');
	check.member('freightClass', all, isText, 'a string');
	check.member('isSignatureService', all, isZeroOrOne, '0 or 1');
	check.member('signatureType', false, isText, 'a string');
	check.member('is_insurance', false, isBoolean, 'true or false');
	check.member('note', all, isText, 'a string');
	check.member('consignee', true, isConsignee, 'a warehouse code or an object of strings');
	check.member('boxes', true, isFilledList, 'a list with at least one box');

	if (Array.isArray(ticket['boxes'])) {
		ticket['boxes'].forEach((box: unknown, index) => {
			if (!isObject(box)) errors.push(`boxes[${index}] must be an object`);
			else boxErrors(new Members(box, `boxes[${index}].`, errors), all);
		});
	}
	return errors;
}

function boxErrors(check: Members, all: boolean): void {
	check.member('number', true, isCount, 'a whole number above 0');
	check.member('weight', true, isPositive, 'a number above 0');
	check.member('length', all, isPositive, 'a number above 0');
	check.member('width', all, isPositive, 'a number above 0');
	check.member('height', all, isPositive, 'a number above 0');
	check.member('declaredValue', all, isNotNegative, 'a number, 0 or above');
	check.member('referenceNumbers', all, isTextList, 'a list of strings');
}

/** The documented members of the address form of `consignee`; all are strings in the example [doc]. */
const addressMembers = [
	'countryCode',
	'stateProvince',
	'city',
	'postcode',
	'address',
	'address2',
	'name',
	'companyName',
	'phone',
];

class Members {
	constructor(
		private readonly object: JsonObject,
		private readonly path: string,
		private readonly errors: string[],
	) {}

	member(name: string, required: boolean, fits: (value: unknown) => boolean, form: string): void {
		if (!Object.hasOwn(this.object, name)) {
			if (required) this.errors.push(`${this.path}${name} is required`);
		} else if (!fits(this.object[name])) {
			this.errors.push(`${this.path}${name} must be ${form}`);
		}
	}
}

const isText = (value: unknown) => typeof value === 'string';
const isFilledText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isZeroOrOne = (value: unknown) => value === 0 || value === 1;
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0;
const isFilledList = (value: unknown) => Array.isArray(value) && value.length > 0;
const isTextList = (value: unknown) => Array.isArray(value) && value.every(isText);
// A JSON number can be too large for a double, so "is a number" needs isFinite
const isPositive = (value: unknown) => Number.isFinite(value) && (value as number) > 0;
const isNotNegative = (value: unknown) => Number.isFinite(value) && (value as number) >= 0;

function isConsignee(value: unknown): boolean {
	if (!isObject(value)) return isFilledText(value);
	const known = addressMembers.filter((name) => Object.hasOwn(value, name));
	return known.length > 0 && known.every((name) => isText(value[name]));
}
