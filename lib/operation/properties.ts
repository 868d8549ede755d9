/** Derives the editor's parameters from operations. */
import type { INodeProperties, INodePropertyMode, INodePropertyOptions } from 'n8n-workflow';
import {
	ADDITIONAL,
	BY_FIELDS,
	BY_JSON,
	chooserName,
	GROUP_PART,
	isProminent,
	jsonName,
	LIST_PART,
	type Slot,
	slotsOf,
	TEXTS_PART,
} from '../fields/layout';
import { alphabetically } from '../fields/labels';
import type {
	ChoiceField,
	EitherField,
	Field,
	Fields,
	ListField,
	LocatorField,
	NumberField,
} from '../fields/field';
import { type AnyOperation, type JsonForm, OPTIONS } from './operation';
import { DRY_RUN, optionFieldsOf } from './options';
import { askedInTools, startingOtherwiseInTools, isAsked, toolDescription } from './tools';

type Show = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

/**
 * The parameters of a node: the operation, then each operation's own in the order of its fields.
 *
 * @param operations in the order the editor lists them
 * @param commonOptions settings that every operation has under Options
 * @param defaultOperation the one a new node starts with; the first if not given
 */
export function propertiesOf(
	operations: ReadonlyArray<AnyOperation<never>>,
	commonOptions: Fields,
	defaultOperation?: string,
): INodeProperties[] {
	return [
		...operationChoices(operations, defaultOperation ?? operations[0]?.value ?? ''),
		...operations.flatMap((operation) => operationProperties(operation, commonOptions)),
	];
}

/**
 * The parameter that chooses the operation. Where an operation writes, n8n's AI tool of this node opens on a read,
 * and has a text for the model.
 */
function operationChoices(
	operations: ReadonlyArray<AnyOperation<never>>,
	opensOn: string,
): INodeProperties[] {
	const chooser: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: operations.map(({ name, value, action, description: does, caveat }) => {
			return { name, value, action, description: caveat ? `${does} ${caveat}` : does };
		}),
		default: opensOn,
	};
	const read = operations.find(({ kind }) => kind === 'read');
	if (!read || operations.every(({ kind }) => kind === 'read')) return [chooser];
	return [...startingOtherwiseInTools(chooser, read.value), ...operations.map(toolDescription)];
}

/**
 * The line under a node's name on the canvas: the chosen option as the panel calls it.
 *
 * @param chooser the parameter that holds the choice
 * @returns an expression that the editor evaluates
 */
export function subtitleOf(
	chooser: string,
	choices: ReadonlyArray<{ value: string; name: string }>,
): string {
	const names = Object.fromEntries(choices.map(({ value, name }) => [value, name]));
	return `={{ (${JSON.stringify(names)})[$parameter["${chooser}"]] }}`;
}

function operationProperties(
	operation: AnyOperation<never>,
	commonOptions: Fields,
): INodeProperties[] {
	const { value, json, derived, notice, kind, fields, controls = {} } = operation;
	const show: Show = { operation: [value] };
	const by = (way: string): Show => (json ? { ...show, [json.chooser]: [way] } : show);
	const options = slotsOf(optionFieldsOf(operation, commonOptions));
	return [
		...(notice ? [noticeProperty(`${value}Notice`, notice, show)] : []),
		...(kind === 'read'
			? []
			: [noticeProperty(`${value}DryRun`, DRY_RUN_NOTICE, { ...show, ...inDryRun })]),
		...(json
			? [
					chooserProperty(json.chooser, json.chooserLabel, show, derived),
					shown(wholeInJson(json), by(BY_JSON)),
				]
			: []),
		...prominent(fields, by(BY_FIELDS), ({ field }) => isAsked(field, kind)),
		...(derived ? prominent(derived.fields, by(derived.value)) : []),
		...slotsOf(controls).flatMap((slot) => slotProperties(slot, show)),
		...additional(fields, by(BY_FIELDS)),
		...(derived ? additional(derived.fields, by(derived.value), derived.aside) : []),
		...collection({ name: OPTIONS, label: 'Options' }, 'Add option', options, show),
	];
}

/** Shown while Dry Run is on. n8n also shows it for an expression, whose value the panel cannot know. */
const inDryRun: Show = { [`/${OPTIONS}.${DRY_RUN}`]: [true] };

const DRY_RUN_NOTICE =
	'Dry Run is on (if it is an expression, for the items where it is true). Nothing is sent for these items; the output shows what would be sent.';

function wholeInJson({ label, name, example, description }: JsonForm): INodeProperties {
	return { displayName: label, name, type: 'json', default: example, required: true, description };
}

/** The parameters of a field list, shown under a condition. */
export const fieldProperties = (fields: Fields, show: Show): INodeProperties[] => [
	...prominent(fields, show),
	...additional(fields, show),
];

const prominent = (
	fields: Fields,
	show: Show,
	isOfModel: (slot: Slot) => boolean = () => false,
): INodeProperties[] =>
	slotsOf(fields)
		.filter(isProminent)
		.flatMap((slot) => {
			const properties = slotProperties(slot, show);
			return isOfModel(slot) ? properties.flatMap(askedInTools) : properties;
		});

function additional(
	fields: Fields,
	show: Show,
	aside = { name: ADDITIONAL, label: 'Additional Fields' },
): INodeProperties[] {
	const slots = slotsOf(fields).filter((slot) => !isProminent(slot));
	return collection(aside, 'Add Field', slots, show);
}

function collection(
	{ name, label }: { name: string; label: string },
	placeholder: string,
	slots: readonly Slot[],
	show: Show,
): INodeProperties[] {
	if (slots.length === 0) return [];
	const options = slots
		.flatMap((slot) => slotProperties(slot))
		.sort((a, b) => alphabetically(a.displayName, b.displayName));
	const look = { displayName: label, name, placeholder, default: {}, options };
	return [shown({ type: 'collection', ...look }, show)];
}

/** The parameters of one slot; inside a collection (no `show`) everything is visible. */
function slotProperties(slot: Slot, show?: Show): INodeProperties[] {
	const { field, name, when } = slot;
	const { label, description, hint, placeholder, grade } = field;
	const visible: Show | undefined = show && when ? { ...show, [when.name]: [...when.is] } : show;
	if (field.kind === 'either') return eitherProperties(slot, field, visible ?? {});
	const property = {
		displayName: label,
		name,
		...(description ? { description } : {}),
		...(hint ? { hint } : {}),
		...(placeholder ? { placeholder } : {}),
		...(grade === 'required' ? { required: true } : {}),
		...typeOf(field),
	} as INodeProperties;
	const inJson = (example: string): INodeProperties => ({
		displayName: `${label} (JSON)`,
		name: jsonName(slot),
		type: 'json',
		default: example,
	});
	if (field.kind === 'map') return [property, inJson('{}')].map((one) => shown(one, visible));
	if (field.kind !== 'list' || !visible) return [shown(property, visible)];
	const chooser = chooserName(slot);
	return [
		chooserProperty(chooser, `Specify ${label}`, visible),
		shown(property, { ...visible, [chooser]: [BY_FIELDS] }),
		shown(inJson('[]'), { ...visible, [chooser]: [BY_JSON] }),
	];
}

const shown = (property: INodeProperties, show: Show | undefined): INodeProperties =>
	show ? { ...property, displayOptions: { show } } : property;

function typeOf(field: Exclude<Field, EitherField>): Partial<INodeProperties> {
	switch (field.kind) {
		case 'text': {
			const size = field.rows ? { typeOptions: { rows: field.rows } } : {};
			return { type: 'string', default: field.initial ?? '', ...size };
		}
		case 'number': {
			const limits = limitsOf(field);
			// Empty, not 0: an untouched number must not be sent as 0.
			return { type: 'number', default: field.initial ?? '', ...limits };
		}
		case 'flag':
			// An untouched flag that is prominent must not be sent as "no".
			if (field.grade === 'required') return { type: 'options', options: YES_OR_NO, default: '' };
			return field.grade === 'strong'
				? { type: 'options', options: TRI_STATE, default: '' }
				: { type: 'boolean', default: field.always === true || field.always === 1 };
		case 'choice':
			return { type: 'options', options: withUnset(field), default: field.initial ?? '' };
		case 'codes':
			return field.load
				? { type: 'multiOptions', typeOptions: { loadOptionsMethod: field.load }, default: [] }
				: { type: 'string', default: field.initial ?? '' };
		case 'json':
			return { type: 'json', default: field.initial ?? '{}' };
		case 'day':
			return { type: 'dateTime', typeOptions: { dateOnly: true }, default: field.initial ?? '' };
		case 'moment':
			// Not n8n's date picker: it drops what it can't read, such as 31/12/2026, without a word
			return { type: 'string', default: '', placeholder: 'e.g. 2026-12-31 14:30' };
		case 'locator':
			return locatorType(field);
		case 'texts':
			return multiple(field.itemLabel, [textIn(TEXTS_PART, field.itemLabel)]);
		case 'list':
			return listOf(field);
		case 'map':
			return multiple('Field', [textIn('name', 'Name'), textIn('value', 'Value')]);
		case 'group':
			return entries(field.label, GROUP_PART, nested(field.fields));
	}
}

/** n8n's panel refuses a typed number beyond these; our checks refuse it from an expression too. */
function limitsOf({ above, max, min = above, whole }: NumberField): Partial<INodeProperties> {
	const typeOptions = {
		...(whole ? { numberPrecision: 0 } : {}),
		...(min === undefined ? {} : { minValue: whole && min === above ? min + 1 : min }),
		...(max === undefined ? {} : { maxValue: max }),
	};
	return Object.keys(typeOptions).length > 0 ? { typeOptions } : {};
}

/** The values of a switch, so that flows that were saved with one keep their answer. */
const YES_OR_NO: INodePropertyOptions[] = [
	{ name: 'No', value: false },
	{ name: 'Yes', value: true },
];

const TRI_STATE: INodePropertyOptions[] = [
	{ name: 'No', value: 'false' },
	{ name: 'Not Known', value: '' },
	{ name: 'Yes', value: 'true' },
];

function withUnset({ grade, initial, options }: ChoiceField): INodePropertyOptions[] {
	const unset = grade === 'required' || initial ? [] : [{ name: '(Not Set)', value: '' }];
	return [...unset, ...options.map((option) => ({ ...option }))];
}

function locatorType({ search, codePlaceholder }: LocatorField): Partial<INodeProperties> {
	const byCode: INodePropertyMode = {
		displayName: 'By Code',
		name: 'code',
		type: 'string',
		placeholder: codePlaceholder,
	};
	const fromList: INodePropertyMode = {
		displayName: 'From List',
		name: 'list',
		type: 'list',
		typeOptions: { searchListMethod: search!, searchable: true },
	};
	return {
		type: 'resourceLocator',
		default: { mode: search ? 'list' : 'code', value: '' },
		modes: search ? [fromList, byCode] : [byCode],
	};
}

function textIn(name: string, displayName: string): INodeProperties {
	return { displayName, name, type: 'string', default: '' };
}

/** The members of a group or list entry, all of them visible. */
const nested = (fields: Fields): INodeProperties[] =>
	slotsOf(fields).flatMap((slot) => slotProperties(slot));

const entries = (
	displayName: string,
	part: string,
	values: INodeProperties[],
): Partial<INodeProperties> => ({
	type: 'fixedCollection',
	default: {},
	placeholder: `Add ${displayName}`,
	options: [{ name: part, displayName, values }],
});

const multiple = (itemLabel: string, values: INodeProperties[]): Partial<INodeProperties> => ({
	...entries(itemLabel, LIST_PART, values),
	typeOptions: { multipleValues: true },
});

/** One entry is there from the start where there must be one. */
function listOf({
	itemLabel,
	fields,
	grade,
	entryTitle = [],
}: ListField): Partial<INodeProperties> {
	return {
		...entries(itemLabel, LIST_PART, nested(fields)),
		...(grade === 'required' ? { default: { [LIST_PART]: [{}] } } : {}),
		typeOptions: {
			multipleValues: true,
			fixedCollection: { itemTitle: entryTitleOf(itemLabel, entryTitle) },
		},
	};
}

/**
 * An expression that n8n's editor evaluates for the title of each entry. A value that is an expression itself
 * is not known there, so it counts as empty.
 */
function entryTitleOf(itemLabel: string, parts: readonly string[]): string {
	return `={{ ((entry, has) => ${JSON.stringify(`${itemLabel} `)} + ($collection.item.index + 1) + ${JSON.stringify(parts)}.filter((part) => part.match(/\\w+(?=>)/g).every(has)).map((part, i) => (i ? ', ' : ': ') + part.replace(/<(\\w+)>/g, (all, name) => entry[name])).join(''))($collection.item.value ?? {}, (name) => !/^(=|$)/.test($collection.item.value?.[name] ?? '')) }}`;
}

function eitherProperties(
	slot: Slot,
	{ label, text, group }: EitherField,
	show: Show,
): INodeProperties[] {
	const chooser = chooserName(slot);
	const textSlot: Slot = { name: `${slot.name}_${text.value}`, path: slot.path, field: text.field };
	return [
		{
			displayName: label,
			name: chooser,
			type: 'options',
			options: [group, text].map(({ value, field }) => ({ name: field.label, value })),
			default: group.value,
			displayOptions: { show },
		},
		...slotProperties(textSlot, { ...show, [chooser]: [text.value] }),
		...slotsOf(group.field.fields, slot.path).flatMap((member) =>
			slotProperties(member, { ...show, [chooser]: [group.value] }),
		),
	];
}

function chooserProperty(
	name: string,
	displayName: string,
	show: Show,
	third?: { name: string; value: string },
): INodeProperties {
	const ways = [
		{ name: 'Using Fields Below', value: BY_FIELDS },
		{ name: 'Using JSON', value: BY_JSON },
		...(third ? [{ name: third.name, value: third.value }] : []),
	];
	return {
		displayName,
		name,
		type: 'options',
		noDataExpression: true,
		options: ways.sort((a, b) => alphabetically(a.name, b.name)),
		default: BY_FIELDS,
		displayOptions: { show },
	};
}

/** A line of text in the panel. */
export function noticeProperty(name: string, displayName: string, show: Show): INodeProperties {
	return { displayName, name, type: 'notice', default: '', displayOptions: { show } };
}
