/**
 * What shops were seen to send, each body with what is right and where people met it: the files beside this one.
 *
 * `right` says what has to come of each delivery, and leaves out what the case is not about.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admit, type Admission, type TriggerSettings } from '../../lib/shops/admission';
import { type Shop, SHOP_EVENTS, type ShopEventName } from '../../lib/shops/order';
import { readShopEvent } from '../../lib/shops/read';
import { signedHeaders } from '../../sandbox/shops';
import { shopReader, type Told } from '../unit/shops/reading';
import { type ReadEvent, toldOf } from '../unit/shops/td-reading';

type Json = Record<string, unknown>;

/** What is right about one delivery. */
export interface Right {
	/** What Shop Trigger makes of it; the others begin with what it puts out, or with the body itself. */
	trigger?: 'starts' | 'starts nothing' | 'fails';
	/** Words in its answer or its error; a regular expression. */
	says?: string;
	/** The events that it shows. */
	events?: ShopEventName[];
	/** Members of what TW Order sends. */
	ticket?: Json;
	/** The reason_code with which TW Order skips it. */
	skipped?: string;
	/** Words with which TW Order fails; a regular expression. */
	fault?: string;
	/** What TD is told: the types of the events, or members of their bodies beside `type`. */
	td?: Array<string | Json>;
}

export interface Case {
	/** Its file, without the ending. */
	name: string;
	/** What is wrong with it, in a few words. */
	about: string;
	shop: Shop;
	/** The shop's own name of the event; null where the body comes alone. */
	topic: string | null;
	body: Json;
	/** TD was told of the order before, when it was another one. */
	isKnown?: boolean;
	/** Parameters of TW Order beside the least ones: one box, pounds. */
	choices?: Json;
	/** Parameters of Shop Trigger beside the shop and all its events. */
	settings?: Partial<TriggerSettings>;
	right: Right;
	/** Why that is right. */
	reason: string;
	/** Where people met it. */
	sources: string[];
}

/** An order that is delivered more than once, because it grew in between. */
export interface GrowingCase extends Pick<
	Case,
	'name' | 'about' | 'shop' | 'choices' | 'reason' | 'sources'
> {
	deliveries: Array<[topic: string, body: Json]>;
	right: {
		/** How many pieces are in each parcel, by its number, if goods that are added become another one. */
		parcels: Record<string, number>;
		/** What the item says was added, if they do not. */
		added: string;
		/** The amounts of the payments that TD is told of. */
		payments: number[];
	};
}

const GROWING = 'growing';

/** The cases of one folder, by name. */
export const casesIn = (kind: string): Case[] => read<Case>(kind);

export const growingCases = (): GrowingCase[] => read<GrowingCase>(GROWING);

const read = <One>(kind: string): One[] =>
	readdirSync(join(__dirname, kind))
		.filter((file) => file.endsWith('.json'))
		.map((file) => ({
			...(JSON.parse(readFileSync(join(__dirname, kind, file), 'utf8')) as One),
			name: file.replace(/\.json$/, ''),
		}));

/** The kinds of single deliveries: the folders. */
export const kinds = (): string[] =>
	readdirSync(__dirname, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== GROWING)
		.map(({ name }) => name);

const SECRET = 'secret-of-the-shop';

/** What Shop Trigger makes of a delivery, with every event chosen. */
export function admissionOf({ shop, topic, body, settings }: Case): Admission {
	const rawBody = Buffer.from(JSON.stringify(body));
	const headers = signedHeaders(shop, rawBody, { secret: SECRET, ...(topic ? { topic } : {}) });
	const events = Object.keys(SHOP_EVENTS) as ShopEventName[];
	const all: TriggerSettings = {
		...{ shop, events, secrets: [SECRET], includeTests: true },
		...settings,
	};
	return admit({ headers, rawBody }, all, Date.now());
}

const asTicket = shopReader();
/** As the vendor's page has a box; in pounds and inches. */
const LEAST: Json = { weightUnit: 'lb', boxLength: 12, boxWidth: 10, boxHeight: 4 };

/** What TW Order makes of it. */
export const orderOf = (given: unknown, { choices }: Pick<Case, 'choices'>): Told =>
	asTicket({ ...LEAST, shopOrder: given, ...choices });

/** What TD is told of it; each with its type. */
export function eventsOf(given: unknown, { shop, topic, settings, isKnown }: Case): Json[] {
	const event = readShopEvent(given, { shop, topic: topic ?? undefined, ...settings });
	if (!event) return [];
	const told = toldOf(event, { category: 'clothing', ...(isKnown ? { contents: 'others' } : {}) });
	return told.filter(isEvent).map(({ type, body }) => ({ ...body, type }));
}

const isEvent = (one: ReadEvent): one is Extract<ReadEvent, { body: unknown }> => 'body' in one;
