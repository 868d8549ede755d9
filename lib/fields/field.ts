/**
 * A field list, written once: each field's name at the vendor and in the editor, and what it holds.
 *
 * The editor's parameters (../operation/properties.ts), the wire body (layout.ts), its check (schema.ts), the
 * names in messages (labels.ts) and the type of the checked value ({@link InputOf}) derive from it.
 */
type Members = Record<string, unknown>;

/**
 * How strongly the vendor asks for a field, in TD's grades. `required`, `conditional` and `strong` fields are
 * prominent in the panel; `recommended` and `optional` ones are under Additional Fields.
 */
export type Grade = 'required' | 'conditional' | 'strong' | 'recommended' | 'optional';

interface Common {
	/** As the editor shows it, in title case. */
	label: string;
	grade: Grade;
	description?: string;
	/** Always shown below the parameter; for what must not be overlooked. */
	hint?: string;
	placeholder?: string;
	/** Shown, sent and asked for only while another field of the same list has one of these values. */
	when?: { field: string; is: ReadonlyArray<string | boolean> };
	/** Only the panel asks for it; in a body of JSON the vendor judges whether it may be missing. */
	askedBy?: 'panel';
	/** Once added it must have a value: an expression that comes out empty does not count as unset. */
	neverEmpty?: true;
	/** The value sent if the user gives none, because the vendor's examples always send one. */
	always?: unknown;
}

interface WithInitial extends Common {
	/** The value or expression the editor starts with. */
	initial?: string;
}

/** A vendor's form of a text that people write in several ways, such as a country. */
export interface TextForm {
	/** The text in that form; undefined if it can't be told for certain. */
	read: (text: string) => string | undefined;
	/** What it must be, with a right one: the end of a sentence about the field. */
	wrong: string;
}

export interface TextField extends WithInitial {
	kind: 'text';
	/** Brings the value into the vendor's form, before the check. */
	form?: TextForm;
	/** A further check: the reason to show, or undefined. */
	check?: (value: string) => string | undefined;
	/** It is a number or id that names something, so unseen characters within it are refused. */
	names?: true;
	/** Made by a machine for a machine: it is sent as it is, blanks around it included. */
	isOpaque?: true;
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
	/** Largest value allowed; shown in the panel, too. */
	max?: number;
	/** What it counts, for the message: somebody may think of milliseconds. */
	unit?: string;
	/** What the editor starts with; an expression too. */
	initial?: number | `={{${string}}}`;
}

export interface FlagField extends Common {
	kind: 'flag';
	/** True and false on the wire; JSON's own if not given. */
	wire?: { true: number; false: number };
}

export interface ChoiceField<V extends string = string> extends WithInitial {
	kind: 'choice';
	options: ReadonlyArray<{ name: string; value: V; description?: string }>;
	/** Other values are allowed too, because the vendor's list is open or not fully known. */
	open?: boolean;
}

/** A point in time: ISO 8601 text with milliseconds and offset, or epoch milliseconds. */
export interface MomentField<W extends 'iso' | 'epochMs' = 'iso' | 'epochMs'> extends Common {
	kind: 'moment';
	wire: W;
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
export interface JsonField extends WithInitial {
	kind: 'json';
}

/** Several codes or numbers: picked from a live list, or typed with commas in between. */
export interface CodesField extends WithInitial {
	kind: 'codes';
	/** Name of the node's method that loads the list. */
	load?: string;
}

/** A calendar day, sent as YYYY-MM-DD: the day as written, in its own zone. */
export interface DayField extends WithInitial {
	kind: 'day';
}

/** A list of short texts. */
export interface TextsField extends Common {
	kind: 'texts';
	itemLabel: string;
}

export interface GroupField<M extends Fields = Fields> extends Common {
	kind: 'group';
	fields: M;
	/** The vendor's rule over several members; returns the member and the reason. */
	rule?: GroupRule;
}

export interface ListField<M extends Fields = Fields> extends Common {
	kind: 'list';
	/** Name of one entry, e.g. `Box`. */
	itemLabel: string;
	fields: M;
	/**
	 * What its title says of an entry behind its name and number, such as `weight <weight>`: members stand in
	 * angle brackets, and a part is left out while one of its members is empty.
	 */
	entryTitle?: readonly string[];
}

/** Free names and values, agreed between the user and the vendor. */
export interface MapField extends Common {
	kind: 'map';
}

/**
 * A member in one of two forms, such as a warehouse code or an address. The values are those of its chooser,
 * stored in workflows.
 */
export interface EitherField<M extends Fields = Fields> extends Common {
	kind: 'either';
	text: { value: string; field: TextField };
	group: { value: string; field: GroupField<M> };
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

/** What a check may depend on besides the value. */
export interface CheckContext {
	/** IANA zone for dates without an offset. */
	zone: string;
	/** Reads any date that n8n knows; undefined if it is none. */
	readTime: (value: unknown, zone: string) => { iso: string; epochMs: number } | undefined;
	/** The value is the user's own JSON, not read from the panel's fields. */
	inJson?: boolean;
	/** TD's region, which decides the currency that every amount must carry. */
	region?: { name: string; requiredAmount: 'amount_usd' | 'amount_cny'; currency: 'USD' | 'CNY' };
}

/** A rule over the members of one object, which it may complete in place. */
export type GroupRule = (
	value: Record<string, unknown>,
	context: CheckContext,
) => { member: string; reason: string } | undefined;

type Options<F extends Field> = Partial<Omit<F, 'kind' | 'label'>>;

/** Refuses options that the kind does not have, which a type parameter alone would accept. */
type Known<F extends Field, O> = O & Record<Exclude<keyof O, keyof F>, never>;

/** The field, with the literal types that decide the type of its value. */
type Kept<F extends Field, O> = F &
	Pick<O, Extract<keyof O, 'grade' | 'when' | 'askedBy' | 'always' | 'wire' | 'open'>>;

/** Most fields are optional. */
const kept = <F extends Field, O>(own: object, options?: O) =>
	({ grade: 'optional', ...own, ...options }) as unknown as Kept<F, O>;

const field =
	<F extends Field>(kind: F['kind']) =>
	<const O extends Options<F>>(label: string, options?: Known<F, O>) =>
		kept<F, O>({ kind, label }, options);

/** For a kind that needs one more text. */
const fieldWith =
	<F extends Field>(kind: F['kind'], member: keyof F) =>
	<const O extends Options<F>>(label: string, own: string, options?: Known<F, O>) =>
		kept<F, O>({ kind, label, [member]: own }, options);

export const text = field<TextField>('text');
export const number = field<NumberField>('number');
export const flag = field<FlagField>('flag');
export const map = field<MapField>('map');
export const codes = field<CodesField>('codes');
export const json = field<JsonField>('json');
export const day = field<DayField>('day');

export const choice = <const V extends string, const O extends Options<ChoiceField>>(
	label: string,
	choices: ChoiceField<V>['options'],
	options?: Known<ChoiceField, O>,
) => kept<ChoiceField<V>, O>({ kind: 'choice', label, options: choices }, options);

export const moment = <const W extends MomentField['wire'], const O extends Options<MomentField>>(
	label: string,
	wire: W,
	options?: Known<MomentField, O>,
) => kept<MomentField<W>, O>({ kind: 'moment', label, wire }, options);

export const locator = fieldWith<LocatorField>('locator', 'codePlaceholder');
export const texts = fieldWith<TextsField>('texts', 'itemLabel');

export const group = <M extends Fields, const O extends Options<GroupField>>(
	label: string,
	fields: M,
	options?: Known<GroupField, O>,
) => kept<GroupField<M>, O>({ kind: 'group', label, fields }, options);

export const list = <M extends Fields, const O extends Options<ListField>>(
	label: string,
	itemLabel: string,
	fields: M,
	options?: Known<ListField, O>,
) => kept<ListField<M>, O>({ kind: 'list', label, itemLabel, fields }, options);

export const either = <M extends Fields, const O extends Options<EitherField>>(
	label: string,
	text: EitherField['text'],
	group: EitherField<M>['group'],
	options?: Known<EitherField, O>,
) => kept<EitherField<M>, O>({ kind: 'either', label, text, group }, options);

interface ValueOfKind<F extends Field> {
	text: string;
	number: number;
	flag: F extends { wire: { true: infer Y; false: infer N } } ? Y | N : boolean;
	choice: F extends { open: true } ? string : F extends ChoiceField<infer V> ? V : never;
	moment: F extends MomentField<'iso'> ? string : F extends MomentField<'epochMs'> ? number : never;
	locator: string;
	codes: string[];
	json: Members;
	day: string;
	texts: string[];
	map: Members;
	group: F extends GroupField<infer M> ? InputOf<M> : never;
	list: F extends ListField<infer M> ? Array<InputOf<M>> : never;
	either: F extends EitherField<infer M> ? string | InputOf<M> : never;
}

type ValueOf<F extends Field> = ValueOfKind<F>[F['kind']];

/** The members that always have a value: they are as `Given` says, and depend on no other member. */
type Sure<F extends Fields, Given> = {
	[M in keyof F]: F[M] extends { when: object } | { askedBy: 'panel' }
		? never
		: F[M] extends Given
			? M
			: never;
}[keyof F];

type Values<F extends Fields, Given> = {
	-readonly [M in Sure<F, Given>]: ValueOf<F[M]>;
} & { -readonly [M in Exclude<keyof F, Sure<F, Given>>]?: ValueOf<F[M]> };

/** The checked body of these fields: required members are there, and unknown ones are the user's own. */
export type InputOf<F extends Fields> = Members & Values<F, { grade: 'required' }>;

/** The checked values of fields that are read from the editor's parameters, never from JSON. */
export type SettingsOf<F extends Fields> = Values<
	F,
	{ grade: 'required' } | { always: string | number | boolean | object }
>;
