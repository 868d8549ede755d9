/** What a shop is answered, and which deliveries n8n shows as failed executions. */
import {
	type IWebhookFunctions,
	type IWebhookResponseData,
	NodeOperationError,
} from 'n8n-workflow';
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
		const response = responseOf(host);
		answer(host, status, why);
		Object.assign(response, { status: () => response, json: () => response });
	}

	/** The shop sends a fault in place of an order. 200: WooCommerce switches a webhook off after five failures. */
	static ofShop(host: IWebhookFunctions, why: string): FailedDelivery {
		return new FailedDelivery(host, 200, why, BROKEN_ADVICE);
	}

	/** The signature was made with another secret, which the owner may have to correct. */
	static ofSecret(host: IWebhookFunctions, why: string): FailedDelivery {
		return new FailedDelivery(host, 401, why, SECRET_ADVICE);
	}
}

const BROKEN_ADVICE =
	'Do not delete the webhook. Once this is mended in the shop, look there for the orders of the meantime: the shop does not send them again by itself. Saving an order in the shop sends it.';

const SECRET_ADVICE =
	'Copy the secret from the shop once more, into the credential Shop Webhook Secret: its window says where it is. Then let the shop send this delivery again. If your orders do arrive, somebody else has called this address: nothing was started, and there is nothing to do. Such an execution is made at most once a day; the log of n8n has every refusal.';
