/** Lets a shop's delivery in, or answers why not. */
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { asFault } from '../../lib/base/errors';
import type { Pace } from '../../lib/base/limits';
import type { Held, RememberPlace } from '../../lib/operation/needs';
import { lastingRegister } from '../../lib/run/remember';
import {
	type Admission,
	admit,
	labelsOf,
	MOST_BYTES,
	tooLarge,
	type Wanted,
} from '../../lib/shops/admission';
import { type NewsPlace, placeWithNews } from '../../lib/shops/news';
import { recordTaken } from '../../lib/shops/redelivery';
import { secretsOf } from '../../lib/shops/secrets';

/** A request with what n8n adds to it; the body is read only now (see the parameter Raw Body). */
type Request = IncomingMessage & {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
};

// n8n-workflow's types of both are those of a library that only n8n has
const requestOf = (host: IWebhookFunctions) => host.getRequestObject() as Request;
const responseOf = (host: IWebhookFunctions) => host.getResponseObject() as ServerResponse;

type WantedDelivery = Extract<Admission, { verdict: 'wanted' }>;

const TRY_AGAIN_SECONDS = '60';

/**
 * Answers a delivery that starts nothing by itself. To one that starts a flow n8n answers, once it has
 * stored the execution: so that answer is the proof that n8n took it.
 */
export async function receive(host: IWebhookFunctions, pace: Pace): Promise<IWebhookResponseData> {
	try {
		const admission = await admissionOf(host);
		if (admission.verdict === 'wanted') return await start(host, admission, pace);
		if (admission.verdict === 'unwanted') {
			host.logger.debug(lineOf(host, admission.why));
			return answer(host, 200, admission.why);
		}
		host.logger.warn(
			lineOf(host, `a delivery was refused (${admission.status}). ${admission.why}`),
		);
		return answer(host, admission.status, admission.why);
	} catch (error) {
		// Thrown on, n8n would start an execution for each request of anybody
		host.logger.error(lineOf(host, `no delivery can be taken. ${asFault(error).message}`));
		return answer(host, 500, 'This n8n can not take deliveries now. Its log says why.');
	}
}

async function admissionOf(host: IWebhookFunctions): Promise<Admission> {
	const request = requestOf(host);
	const { headers } = request;
	if (Number(headers['content-length']) > MOST_BYTES) return tooLarge;
	try {
		await request.readRawBody?.();
	} catch (error) {
		if ((error as { type?: unknown }).type === 'entity.too.large') return tooLarge;
		return { verdict: 'refused', status: 400, why: 'The body did not come to its end.' };
	}
	const rawBody = request.rawBody ?? Buffer.alloc(0);
	return admit({ headers, rawBody }, await wantedOf(host), Date.now());
}

async function wantedOf(host: IWebhookFunctions): Promise<Wanted> {
	const shop = host.getNodeParameter('shop') as Wanted['shop'];
	return {
		shop,
		secrets: secretsOf(await host.getCredentials('shopWebhookApi')),
		events: host.getNodeParameter('events') as Wanted['events'],
		includeTests: host.getNodeParameter('includeTestOrders') as boolean,
		...(shop === 'stripe' ? { orderMember: host.getNodeParameter('orderMember') as string } : {}),
	};
}

async function start(
	host: IWebhookFunctions,
	wanted: WantedDelivery,
	pace: Pace,
): Promise<IWebhookResponseData> {
	const { delivery } = wanted;
	const place = await placeIn(host, wanted, pace);
	if (place === 'no news') {
		const what = `${labelsOf(delivery.news)} of this order`;
		return answer(host, 200, `Nothing was started: ${what} was taken before.`);
	}
	if (place === 'taken') return answer(host, 200, 'Nothing was started: it was taken before.');
	if (place === 'in hand') {
		const again = { 'retry-after': TRY_AGAIN_SECONDS };
		return answer(host, 503, 'The same delivery is being taken at this moment.', again);
	}
	if (place.held.length > 0) settleByAnswer(host, place.held);
	const item = { ...delivery, news: place.news };
	return { workflowData: [[{ json: item }]] };
}

/** What is not remembered is started, and all that was chosen of it is news. */
async function placeIn(
	host: IWebhookFunctions,
	wanted: WantedDelivery,
	pace: Pace,
): Promise<NewsPlace> {
	const remember = host.getNodeParameter('remember') as RememberPlace;
	const all = { news: wanted.delivery.news, held: [] };
	// In the editor each delivery is to be seen
	if (remember === 'no' || host.getMode() === 'manual') return all;
	try {
		const trigger = `${host.getWorkflow().id} ${host.getNode().id}`;
		return await placeWithNews(await lastingRegister(host, remember), trigger, wanted, pace);
	} catch (error) {
		const reason = asFault(error).message;
		host.logger.warn(lineOf(host, `whether a delivery was taken before is not known. ${reason}`));
		return all;
	}
}

/**
 * Records that n8n took the delivery and its news, when its answer has gone out; gives the claims back
 * when n8n answers anything else, or nobody is left to answer. Of a process that is killed before, the
 * claims stay, and the next delivery finds that their process is gone.
 */
function settleByAnswer(host: IWebhookFunctions, held: Held[]): void {
	const response = responseOf(host);
	const settle = () => {
		const isTaken = response.writableFinished && response.statusCode < 300;
		const settling = held.map(async (one) => await (isTaken ? recordTaken(one) : one.release()));
		Promise.all(settling).catch((error: unknown) => {
			const reason = asFault(error).message;
			host.logger.warn(lineOf(host, `that n8n took a delivery is not recorded. ${reason}`));
		});
	};
	// A shop that hung up while its delivery was claimed closes nothing any more
	if (response.closed) settle();
	else response.once('close', settle);
}

function answer(
	host: IWebhookFunctions,
	status: number,
	text: string,
	headers: Record<string, string> = {},
): IWebhookResponseData {
	const response = responseOf(host);
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
	response.end(`${text}\n`);
	return { noWebhookResponse: true };
}

/** A line of n8n's log: which node of which flow, and what. */
function lineOf(host: IWebhookFunctions, what: string): string {
	const { id, name } = host.getWorkflow();
	return `${host.getNode().name} of workflow "${name ?? id}": ${what}`;
}
