/** Lets a shop's delivery in, or answers why not. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { asFault } from '../../lib/base/errors';
import { fingerprint } from '../../lib/base/fingerprint';
import type { Pace } from '../../lib/base/limits';
import { type Redact, redactor } from '../../lib/base/redact';
import type { Held, RememberPlace } from '../../lib/register/register';
import { logDefect } from '../../lib/run/defects';
import { lastingRegister } from '../../lib/run/registers';
import {
	type Admission,
	admit,
	eventLabels,
	bodyTooLarge,
	refused,
	refusedUnread,
	type TriggerSettings,
} from '../../lib/shops/admission';
import { intake, type Patience, readBody } from '../../lib/shops/intake';
import { type NewsClaim, claimNews } from '../../lib/shops/news';
import { recordTaken } from '../../lib/shops/redelivery';
import { secretsOf } from '../../lib/shops/secrets';
import type { ReadOptions } from '../../lib/shops/shop';
import { answer, FailedDelivery, requestOf, responseOf } from './answer';
import { isToBeTold, noteGenuine } from './suspicion';

type WantedDelivery = Extract<Admission, { verdict: 'wanted' }>;

/**
 * Answers a delivery that starts nothing. n8n answers one that starts a flow, after storing the execution,
 * so that answer proves that n8n took it.
 *
 * @throws {FailedDelivery} for what the flow's owner has to mend
 */
export async function receive(
	host: IWebhookFunctions,
	pace: Pace,
	patience: Patience,
): Promise<IWebhookResponseData> {
	const response = await respond(host, pace, patience);
	if (response instanceof FailedDelivery) throw response;
	return response;
}

async function respond(
	host: IWebhookFunctions,
	pace: Pace,
	patience: Patience,
): Promise<IWebhookResponseData | FailedDelivery> {
	try {
		const admission = await admissionOf(host, patience);
		if (!admission) {
			const again = { 'retry-after': '30' };
			return answer(host, 503, 'Too many deliveries are being taken at this moment.', again);
		}
		if (admission.verdict === 'wanted') return await start(host, admission, pace);
		const { why } = admission;
		if (admission.verdict === 'unwanted') {
			host.logger.debug(lineOf(host, why));
			return answer(host, 200, why);
		}
		if (admission.verdict === 'broken') {
			host.logger.warn(lineOf(host, why));
			return FailedDelivery.ofShop(host, why);
		}
		host.logger.warn(lineOf(host, `a delivery was refused (${admission.status}). ${why}`));
		const { mistake } = admission;
		if (mistake && admission.tellsOwner) return FailedDelivery.ofMistake(host, why, mistake);
		return answer(host, admission.status, why);
	} catch (error) {
		// If this were thrown, n8n would start an execution for anybody's request
		await logFault(host, 'error', 'no delivery can be taken', error);
		return answer(host, 500, 'This n8n cannot take deliveries now. Its log says why.');
	}
}

/** @returns undefined if there is no room for it */
async function admissionOf(
	host: IWebhookFunctions,
	{ turn, tick }: Patience,
): Promise<(Admission & { tellsOwner?: boolean }) | undefined> {
	const request = requestOf(host);
	const { headers } = request;
	const claimed = headers['content-length'];
	const length = claimed === undefined ? undefined : Number(claimed);
	const shop = host.getNodeParameter('shop') as TriggerSettings['shop'];
	const hopeless = refusedUnread(shop, headers, length);
	if (hopeless) return { ...hopeless, tellsOwner: tellsOwner(host, hopeless) };
	if (!(await hasRoom(host, length, turn[shop]))) return undefined;
	const reading = await readBody(request, length, tick);
	if ('body' in reading) {
		const settings = await settingsOf(host);
		const admission = admit({ headers, rawBody: reading.body }, settings, Date.now());
		return { ...admission, tellsOwner: tellsOwner(host, admission, settings.secrets) };
	}
	// Who is too slow would go on for ever
	responseOf(host).setHeader('connection', 'close');
	return reading.problem === 'made way' ? undefined : UNREAD[reading.problem];
}

/** Whether the flow's owner is to hear of a delivery that was refused: its secret or its shop may be the wrong one. */
function tellsOwner(
	host: IWebhookFunctions,
	admission: Admission,
	secrets: readonly string[] = [],
): boolean {
	const ofShop = triggerOf(host);
	const ofSecret = fingerprint(JSON.stringify([ofShop, secrets]));
	if (admission.verdict === 'wanted') {
		for (const key of [ofShop, ofSecret]) noteGenuine(key, Date.now());
	}
	const mistake = admission.verdict === 'refused' ? admission.mistake : undefined;
	if (!mistake) return false;
	const key = mistake.of === 'shop' ? ofShop : ofSecret;
	// Who listens in the editor looks there now
	return host.getMode() === 'manual' || isToBeTold(key, Date.now());
}

const UNREAD = {
	'too large': bodyTooLarge,
	incomplete: refused(400, 'The body is incomplete.'),
	'too slow': refused(408, 'The body did not arrive in time.'),
};

/** Takes room in n8n's memory until the answer is out, or the shop has hung up. */
async function hasRoom(
	host: IWebhookFunctions,
	length: number | undefined,
	ms: number,
): Promise<boolean> {
	const response = responseOf(host);
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	if (response.closed) gone.abort();
	const leave = await intake.enter(length, ms, gone.signal);
	if (!leave) return false;
	if (response.closed) leave();
	else response.once('close', leave);
	return true;
}

const looks = new Map<string, Promise<string[]>>();

/**
 * The secrets of the moment. Deliveries that come together share one look at them: for each, n8n makes an
 * evaluator for expressions, which takes 10 MB.
 */
async function secretsAt(host: IWebhookFunctions): Promise<string[]> {
	const trigger = triggerOf(host);
	const look = looks.get(trigger) ?? lookUp(host).finally(() => looks.delete(trigger));
	looks.set(trigger, look);
	return await look;
}

const lookUp = async (host: IWebhookFunctions) =>
	secretsOf(await host.getCredentials('shopWebhookApi'));

const triggerOf = (host: IWebhookFunctions) =>
	fingerprint(JSON.stringify([host.getWorkflow().id, host.getNode().id]));

async function settingsOf(host: IWebhookFunctions): Promise<TriggerSettings> {
	const shop = host.getNodeParameter('shop') as TriggerSettings['shop'];
	return {
		shop,
		secrets: await secretsAt(host),
		events: host.getNodeParameter('events') as TriggerSettings['events'],
		includeTests: host.getNodeParameter('includeTestOrders') as boolean,
		...ownOf(shop, host),
	};
}

/** What only one kind of shop has. */
function ownOf(shop: TriggerSettings['shop'], host: IWebhookFunctions): ReadOptions {
	const text = (name: string) => host.getNodeParameter(name, '') as string;
	if (shop === 'stripe') return { orderMember: text('orderMember') };
	if (shop !== 'woocommerce') return {};
	return { shipStatuses: text('shipStatuses'), shippedStatuses: text('shippedStatuses') };
}

async function start(
	host: IWebhookFunctions,
	wanted: WantedDelivery,
	pace: Pace,
): Promise<IWebhookResponseData> {
	const { delivery } = wanted;
	const claim = await claimIn(host, wanted, pace);
	if (claim === 'no news') {
		const what = `${eventLabels(delivery.news)} of this order`;
		return answer(host, 200, `Nothing was started: ${what} was taken before.`);
	}
	if (claim === 'taken') return answer(host, 200, 'Nothing was started: it was taken before.');
	if (claim === 'in hand') {
		const again = { 'retry-after': '60' };
		return answer(host, 503, 'The same delivery is being taken at this moment.', again);
	}
	if (claim.held.length > 0) settleByAnswer(host, claim.held);
	const store = delivery.store ?? credentialOf(host);
	return { workflowData: [[{ json: { ...delivery, store, news: claim.news } }]] };
}

/** Tells shops apart that do not name themselves: each has a secret of its own. */
function credentialOf(host: IWebhookFunctions): string | null {
	const id = host.getNode().credentials?.['shopWebhookApi']?.id;
	return id ? `credential-${fingerprint(id)}` : null;
}

/** Where nothing is remembered, every delivery starts the flow, and all its chosen events are news. */
async function claimIn(
	host: IWebhookFunctions,
	wanted: WantedDelivery,
	pace: Pace,
): Promise<NewsClaim> {
	const remember = host.getNodeParameter('remember') as RememberPlace;
	const all = { news: wanted.delivery.news, held: [] };
	// In the editor every delivery shows
	if (remember === 'no' || host.getMode() === 'manual') return all;
	try {
		const register = await lastingRegister(host, remember);
		return await claimNews(register, triggerOf(host), wanted, pace);
	} catch (error) {
		await logFault(host, 'warn', 'it is not known whether a delivery was taken before', error);
		return all;
	}
}

/**
 * Records that n8n took the delivery and its news once n8n's answer has gone out. Releases the claims if
 * n8n answers anything else, or the shop has hung up. If the process is killed before, the claims stay, and
 * the next delivery finds that their process is gone.
 */
function settleByAnswer(host: IWebhookFunctions, held: Held[]): void {
	const response = responseOf(host);
	const settle = () => {
		const isTaken = response.writableFinished && response.statusCode < 300;
		const settling = held.map(async (one) => await (isTaken ? recordTaken(one) : one.release()));
		Promise.all(settling).catch(async (error: unknown) => {
			await logFault(host, 'warn', 'it could not be recorded that n8n took a delivery', error);
		});
	};
	// If the shop hung up during the claim, there is no further 'close'
	if (response.closed) settle();
	else response.once('close', settle);
}

async function logFault(
	host: IWebhookFunctions,
	level: 'error' | 'warn',
	what: string,
	error: unknown,
): Promise<void> {
	const fault = asFault(error);
	const redact = await redactOf(host);
	const reason = redact ? redact(fault.message) : fault.message;
	host.logger[level](lineOf(host, `${what}. ${reason}`));
	logDefect(host, fault, redact);
}

/** Masks the shop's secrets; undefined if they can't be read. */
async function redactOf(host: IWebhookFunctions): Promise<Redact | undefined> {
	try {
		return redactor(await secretsAt(host));
	} catch {
		return undefined;
	}
}

/** A line for n8n's log. */
function lineOf(host: IWebhookFunctions, what: string): string {
	const { id, name } = host.getWorkflow();
	return `${host.getNode().name} of workflow "${name ?? id}": ${what}`;
}
