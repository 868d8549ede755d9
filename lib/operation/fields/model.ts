/**
 * A field list, written once: what the vendor calls a field, what the editor calls it, what it holds.
 *
 * From one list derive the editor's parameters (../properties.ts), the wire body (form.ts),
 * its check (schema.ts) and the names in messages (labels.ts). Member names are the vendor's.
 */

/**
 * How strongly the vendor asks for a field, in TD's grades. `required` and `conditional` and
 * `strong` stand in the open; `recommended` and `optional` under Additional Fields.
 */
export type Grade = 'required' | 'conditional' | 'strong' | 'recommended' | 'optional';

interface Common {
	/** As the editor shows it, in title case. */
	label: string;
	grade: Grade;
	description?: string;
	/** Shown below the parameter all the time; for what must not be overlooked. */
	hint?: string;
	placeholder?: string;
	/** Shown, sent and asked for only while another field of the same list has one of these values. */
	when?: { field: string; is: ReadonlyArray<string | boolean> };
	/** Once it is added it must have a value: an expression that comes out empty is not taken for unset. */
	neverEmpty?: true;
	/** Sent even when left as it is, because the vendor's examples always send it. */
	always?: unknown;
}

export interface TextField extends Common {
	kind: 'text';
	/** Value the editor starts with. */
	initial?: string;
	/** Checks beyond "is text": the reason to show, or undefined. */
	check?: (value: string) => string | undefined;
	/** Long text gets a larger box. */
	rows?: number;
}

export interface NumberField extends Common {
	kind: 'number';
	whole?: boolean;
	/** Smallest value allowed. */
	min?: number;
	/** The value must be greater than this. */
	above?: number;
	initial?: number;
}

export interface FlagField extends Common {
	kind: 'flag';
	/** How the wire writes true and false; JSON's own if not given. */
	wire?: { true: number; false: number };
}

export interface ChoiceField extends Common {
	kind: 'choice';
	options: ReadonlyArray<{ name: string; value: string; description?: string }>;
	/** Values beyond the options are allowed, because the vendor's list is open or not seen whole. */
	open?: boolean;
	initial?: string;
}

/** A point in time: ISO 8601 text with milliseconds and offset, or epoch milliseconds. */
export interface MomentField extends Common {
	kind: 'moment';
	wire: 'iso' | 'epochMs';
}

/** One of a vendor's codes, picked from a live list or typed. */
export interface LocatorField extends Common {
	kind: 'locator';
	/** Name of the node's list search method. */
	search?: string;
	/** What "By code" asks for, e.g. `e.g. UA`. */
	codePlaceholder: string;
}

/** A JSON object, as text or from an expression. */
export interface JsonField extends Common {
	kind: 'json';
	/** What the editor starts with, e.g. an expression. */
	initial?: string;
}

/** Several codes or numbers: picked from a live list, or typed with commas in between. */
export interface CodesField extends Common {
	kind: 'codes';
	/** Expression the editor starts with, where nothing is picked from a list. */
	initial?: string;
	/** Name of the node's method that loads the list. */
	load?: string;
}

/** A calendar day, sent as YYYY-MM-DD: the day as it is written, in the zone it is written in. */
export interface DayField extends Common {
	kind: 'day';
	/** Expression the editor starts with. */
	initial?: string;
}

/** A list of short texts. */
export interface TextsField extends Common {
	kind: 'texts';
	itemLabel: string;
}

export interface GroupField extends Common {
	kind: 'group';
	fields: Fields;
	/** The vendor's rule over several members; returns the member and the reason. */
	rule?: GroupRule;
}

export interface ListField extends Common {
	kind: 'list';
	/** What one entry is called, e.g. `Box`. */
	itemLabel: string;
	fields: Fields;
}

/** Free names and values, agreed between the user and the vendor. */
export interface MapField extends Common {
	kind: 'map';
}

/** A member that may hold one of two forms, such as a warehouse code or an address. */
export interface EitherField extends Common {
	kind: 'either';
	/** Label of the parameter that chooses. */
	choiceLabel: string;
	text: { value: string; name: string; field: TextField };
	group: { value: string; name: string; field: GroupField };
}

export type Field =
	| TextField
	| NumberField
	| FlagField
	| ChoiceField
	| MomentField
	| LocatorField
	| CodesField
	| JsonField
	| DayField
	| TextsField
	| GroupField
	| ListField
	| MapField
	| EitherField;

export type Fields = Readonly<Record<string, Field>>;

/** What a check may depend on besides the value: where the run takes place. */
export interface Surroundings {
	/** IANA zone for dates without an offset. */
	zone: string;
	/** Reads whatever n8n calls a date; undefined if it is none. */
	readTime: (value: unknown, zone: string) => { iso: string; epochMs: number } | undefined;
	/** TD's region, which decides the currency that every amount must carry. */
	region?: { name: string; requiredAmount: 'amount_usd' | 'amount_cny'; currency: 'USD' | 'CNY' };
}

/** A rule over the members of one object: changes it in place where the vendor's rule fills in. */
export type GroupRule = (
	value: Record<string, unknown>,
	surroundings: Surroundings,
) => { member: string; reason: string } | undefined;

type Options<F extends Field> = Partial<Omit<F, 'kind' | 'label'>>;

/** Leaves optional what most fields do not need. */
const field =
	<F extends Field>(kind: F['kind']) =>
	(label: string, options: Options<F> = {}): F =>
		({ kind, label, grade: 'optional', ...options }) as F;

export const text = field<TextField>('text');
export const number = field<NumberField>('number');
export const flag = field<FlagField>('flag');
export const map = field<MapField>('map');
export const codes = field<CodesField>('codes');
export const json = field<JsonField>('json');
export const day = field<DayField>('day');

export const choice = (
	label: string,
	options: ChoiceField['options'],
	more: Options<ChoiceField> = {},
): ChoiceField => ({ kind: 'choice', label, grade: 'optional', options, ...more });

export const moment = (
	label: string,
	wire: MomentField['wire'],
	more: Options<MomentField> = {},
): MomentField => ({ kind: 'moment', label, grade: 'optional', wire, ...more });

export const locator = (
	label: string,
	codePlaceholder: string,
	more: Options<LocatorField> = {},
): LocatorField => ({ kind: 'locator', label, grade: 'optional', codePlaceholder, ...more });

export const texts = (
	label: string,
	itemLabel: string,
	more: Options<TextsField> = {},
): TextsField => ({ kind: 'texts', label, grade: 'optional', itemLabel, ...more });

export const group = (
	label: string,
	fields: Fields,
	more: Options<GroupField> = {},
): GroupField => ({ kind: 'group', label, grade: 'optional', fields, ...more });

export const list = (
	label: string,
	itemLabel: string,
	fields: Fields,
	more: Options<ListField> = {},
): ListField => ({ kind: 'list', label, grade: 'optional', itemLabel, fields, ...more });
