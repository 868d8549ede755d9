/** An operation that can be told what to send in a third way: what the editor shows, and what is read. */
import * as z from 'zod/v4';
import { ValidationFault } from '../../../lib/base/errors';
import { choice, json, number, text } from '../../../lib/fields/field';
import { InputReader } from '../../../lib/operation/input';
import {
	type DerivedForm,
	NoRequest,
	operationsFor,
	OPTIONS,
	parameterNames,
} from '../../../lib/operation/operation';
import { propertiesOf } from '../../../lib/operation/properties';

type Client = { name: string };

const draftFields = {
	draft: json('Draft', { grade: 'required', initial: '={{ $json }}' }),
	to: text('Receiver', { grade: 'required' }),
	size: choice('Size', [{ name: 'A4', value: 'a4' }], { grade: 'required' }),
	pages: number('Pages'),
};

const derived: DerivedForm<Client, typeof draftFields> = {
	value: 'draft',
	name: 'From a Draft',
	fields: draftFields,
	aside: { name: 'instead', label: 'Instead' },
	make: ({ draft, to, pages }, { client }) => {
		const { words } = draft as { words?: number };
		if (words === 0) return new NoRequest([{ json: { outcome: 'skipped' } }]);
		if (words === undefined) throw new ValidationFault("'Draft' has no words", 'Draft');
		const body = { to, pages: pages ?? Math.floor(words / 100), from: client.name };
		return { body, alsoOutput: { words } };
	},
};

const operation = operationsFor<Client, string>((endpoints) => ({ endpoints }))({
	value: 'send',
	name: 'Send',
	action: 'Send a letter',
	description: 'Send a letter to somebody',
	kind: 'write',
	endpoints: [],
	output: { usual: () => z.looseObject({}) },
	fields: {
		to: text('Receiver', { grade: 'required' }),
		pages: number('Pages', { grade: 'required', above: 0 }),
		note: text('Note'),
	},
	json: {
		chooser: 'specify',
		chooserLabel: 'Specify Letter',
		name: 'letterJson',
		label: 'Letter (JSON)',
		description: 'The letter',
		example: '{}',
	},
	derived,
	controls: { colour: text('Colour', { grade: 'conditional' }) },
	performEach: async () => [],
});

const reader = new InputReader(operation, {}, { zone: 'UTC' });
const call = { client: { name: 'Ada' }, startedAt: () => '2026-01-02T03:04:05.678Z' };
const read = (values: object) => reader.read({ specify: 'draft', size: 'a4', ...values }, call);

it('shows its fields where they are chosen, before the controls, the others in a collection', () => {
	const properties = propertiesOf([operation], {});
	const shown = properties.map(({ name, displayOptions }) => {
		const [way] = (displayOptions?.show?.['specify'] ?? []) as string[];
		return way === undefined ? name : `${name}: ${way}`;
	});
	expect(shown).toEqual([
		...['operation', 'sendDryRun', 'specify', 'letterJson: json', 'to: fields', 'pages: fields'],
		...['draft: draft', 'to: draft', 'size: draft', 'colour', 'additionalFields: fields'],
		...['instead: draft', 'options'],
	]);
	const [, , chooser] = properties;
	expect(chooser).toMatchObject({ default: 'fields' });
	const ways = chooser?.options?.map(({ name }) => name);
	expect(ways).toEqual(['From a Draft', 'Using Fields Below', 'Using JSON']);
});

it('reads each parameter once, also one that two ways share', () => {
	expect(parameterNames(operation)).toEqual([
		...['to', 'pages', 'additionalFields', 'colour', OPTIONS, 'specify', 'letterJson'],
		...['draft', 'size', 'instead'],
	]);
});

it('makes the body of what was given, and keeps its extra members', () => {
	expect(read({ draft: { words: 250 }, to: 'Bo', colour: 'blue' })).toEqual({
		body: { to: 'Bo', pages: 2, from: 'Ada' },
		settings: { colour: 'blue' },
		alsoOutput: { words: 250 },
	});
	expect(read({ draft: '{"words":250}', to: 'Bo', instead: { pages: 7 } })).toMatchObject({
		body: { pages: 7 },
	});
});

it('is done without a body where nothing is to be sent', () => {
	expect(read({ draft: { words: 0 }, to: 'Bo' })).toEqual(
		new NoRequest([{ json: { outcome: 'skipped' } }]),
	);
});

it.each([
	[{ draft: '', to: 'Bo' }, "'Draft' is empty"],
	[{ draft: '[1]', to: 'Bo' }, "'Draft' must be an object"],
	[{ draft: '{', to: 'Bo' }, "'Draft' is not valid JSON"],
	[{ draft: {}, to: 'Bo' }, "'Draft' has no words"],
	[{ draft: { words: 9 }, to: '' }, "'Receiver' is empty"],
	[{ draft: { words: 9 }, to: 'Bo', size: '' }, "'Size' is empty"],
	[{ draft: { words: 9 }, to: 'Bo' }, "'Pages' must be greater than 0"],
])('names the field that is wrong in %j', (values, complaint) => {
	expect(() => read(values)).toThrow(complaint);
});

it('leaves the other two ways as they are', () => {
	const byFields = { specify: 'fields', to: 'Bo', pages: 1, additionalFields: { note: 'n' } };
	expect(read(byFields)).toEqual({ body: { to: 'Bo', pages: 1, note: 'n' }, settings: {} });
	const byJson = { specify: 'json', letterJson: '{"to":"Bo","pages":1}' };
	expect(read(byJson)).toEqual({ body: { to: 'Bo', pages: 1 }, settings: {} });
	expect(() => read({ ...byFields, to: '' })).toThrow("'Receiver' is empty");
});
