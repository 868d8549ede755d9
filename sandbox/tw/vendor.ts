import type { Credentials } from '../credentials';
import {
	isJson,
	isObject,
	jsonAnswer,
	type Answer,
	type JsonObject,
	type Vendor,
} from '../exchange';
import { authenticate } from './auth';
import type { Endpoint, TwBackend } from './backend';
import { getBalance } from './balance';
import { bagCreate, bagDelete, bagInfo, bagReview } from './bags';
import { getBill, getBillInfo } from './bills';
import { orderCheck } from './check';
import { failure, Refusal, success } from './envelope';
import { orderFee } from './fee';
import { orderForecast } from './forecast';
import { orderInfo } from './info';
import { orderLabel } from './label';
import { getProduct } from './products';
import { orderDelete } from './remove';
import { orderTrial } from './trial';

/** Endpoints whose path the vendor publishes. [doc] */
const documented: Record<string, Endpoint> = {
	'/api/v2/orderTrial': orderTrial,
	'/api/v2/orderForecast': orderForecast,
	'/api/v2/orderCheck': orderCheck,
	'/api/v2/orderInfo': orderInfo,
	'/api/v2/orderFee': orderFee,
	'/api/v2/getBill': getBill,
	'/api/v2/getBillInfo': getBillInfo,
};

/** Endpoints the vendor's menu has, under a path nobody outside has seen. ASSUMED. */
const assumed: Record<string, Endpoint> = {
	'/api/v2/getProduct': getProduct,
	'/api/v2/orderLabel': orderLabel,
	'/api/v2/orderDelete': orderDelete,
	'/api/v2/getBalance': getBalance,
	'/api/v2/bagCreate': bagCreate,
	'/api/v2/bagInfo': bagInfo,
	'/api/v2/bagDelete': bagDelete,
	'/api/v2/bagReview': bagReview,
};

const endpoints = new Map(Object.entries({ ...documented, ...assumed }));

/** The stand-in for TW. */
export function twVendor(backend: TwBackend, credentials: Credentials['tw']): Vendor {
	const { settings, clock, orders } = backend;

	return async (request): Promise<Answer> => {
		try {
			const endpoint = endpoints.get(pathHere(request.path, settings.movedPaths));
			if (!endpoint || request.method !== 'POST') {
				throw new Refusal(404, `no such endpoint: ${request.method} ${request.path}`);
			}
			authenticate(request, credentials, clock.now(), settings.clockSkewSeconds);
			if (!isJson(request)) throw new Refusal(400, 'Content-Type must be application/json');

			orders.settle();
			const data = await endpoint(readBody(request.body), backend);
			if (endpoint === orderInfo && settings.orderInfoWithoutCode) return bare(data);
			return success(data, settings, endpoint === orderForecast ? settings.forecastCode : 200);
		} catch (error) {
			if (error instanceof Refusal) return failure(error, settings);
			throw error;
		}
	};
}

/** The path that this sandbox knows an endpoint by; '' for one that has moved away. */
function pathHere(path: string, moved: Record<string, string>): string {
	const from = Object.keys(moved).find((own) => moved[own] === path);
	return from ?? (path in moved ? '' : path);
}

function readBody(text: string): JsonObject {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		throw new Refusal(400, 'the body is not JSON');
	}
	if (!isObject(body)) throw new Refusal(400, 'the body must be a JSON object');
	return body;
}

function bare(data: unknown): Answer {
	return jsonAnswer(200, { data }, true);
}
