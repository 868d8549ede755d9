/** What a shop is answered, and which deliveries n8n shows as failed executions. */
import {
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeOperationError,
} from 'n8n-workflow';
import { type Shop, SHOPS } from '../../lib/shops/order';
import type { Mistake } from '../../lib/shops/admission';
import { secretPlace } from '../../lib/shops/webhook-pages';
import type { IncomingMessage, ServerResponse } from 'node:http';

// n8n-workflow's types of both are those of a library that only n8n has. The request's body is not read yet
// (see the parameter Raw Body)
export const requestOf = (host: IWebhookFunctions) => host.getRequestObject() as IncomingMessage;
export const responseOf = (host: IWebhookFunctions) => host.getResponseObject() as ServerResponse;

/** Answers with one line of text, in place of n8n, so that nothing is started. */
export function answer(
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

/**
 * n8n makes a failed execution of it, so that the flow's owner hears of it as of any other that fails. The shop is
 * answered before, and n8n does not answer once more.
 */
export class FailedDelivery extends NodeOperationError {
	private constructor(host: IWebhookFunctions, status: number, why: string, description: string) {
		super(host.getNode(), why, { description });
		// Of an error with any other name n8n keeps the message alone
		this.name = 'NodeOperationError';
		const response = responseOf(host);
		answer(host, status, why);
		Object.assign(response, { status: () => response, json: () => response });
	}

	/** The shop sends a fault in place of an order. 200: WooCommerce switches a webhook off after five failures. */
	static ofShop(host: IWebhookFunctions, why: string): FailedDelivery {
		return new FailedDelivery(host, 200, why, BROKEN_ADVICE);
	}

	/** The owner may have to correct the secret, or the shop that is chosen. */
	static ofMistake(host: IWebhookFunctions, why: string, mistake: Mistake): FailedDelivery {
		const shop = host.getNodeParameter('shop') as Shop;
		const advice =
			mistake.of === 'secret' ? secretAdvice(shop) : shopAdvice(SHOPS[shop], SHOPS[mistake.sender]);
		return new FailedDelivery(host, 401, why, `${advice} ${STRANGER}`);
	}
}

const BROKEN_ADVICE =
	'Do not delete the webhook. Once this is mended in the shop, look there for the orders of the meantime: the shop does not send them again by itself. Saving an order in the shop sends it.';

const secretAdvice = (shop: Shop) =>
	`Copy the secret from ${SHOPS[shop]}: ${secretPlace(shop)}. Then open Shop Trigger, press the pencil beside its credential, paste it under Secret and save. Let the shop send this delivery again.`;

const shopAdvice = (chosen: string, sender: string) =>
	`Open Shop Trigger and choose ${sender} under Shop, with the secret of ${sender} in its credential. If this trigger is for ${chosen}, give ${sender} the address of another one.`;

const STRANGER =
	'If your orders do arrive, somebody else has called this address: nothing was started, and there is nothing to do. Such an execution is made at most once a day; the log of n8n has every refusal.';
