/** Reads and checks every item's parameters, before anything is sent. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { asFault, ValidationFault } from '../base/errors';
import { inputReader } from '../operation/input';
import { type AnyOperation, type Call, parameterNames, Settled } from '../operation/operation';
import { commonOptions } from '../operation/options';
import { tookEffect } from '../operation/outcome';
import { beforeOf } from './before';
import { parameterReader } from './host-parameters';
import type { Reading } from './plan';
import type { NodeProfile, RunClient } from './profile';

/**
 * @returns per item what is to be done, what it is settled with, or the fault that its parameters have
 * @throws n8n's own error for an expression that can't be evaluated, unless the user wants to go on
 */
export function readItems<Client extends RunClient>(
	host: IExecuteFunctions,
	profile: NodeProfile<Client>,
	operation: AnyOperation<Client>,
	call: Pick<Call<Client>, 'client' | 'ledger' | 'run'>,
): Reading[] {
	const names = parameterNames(operation);
	let ofHost: unknown;
	const parameters = parameterReader(host, (error) => (ofHost = asError(error)));
	const reader = inputReader(operation, commonOptions(profile.vendor), {
		zone: host.getTimezone(),
		...(profile.region ? { region: profile.region(call.client) } : {}),
	});
	let reading = 0;
	const calling = { ...call, before: beforeOf(host, () => reading) };
	return host.getInputData().map(({ json, binary }, i) => {
		if (operation.passesOn && !tookEffect(json['outcome'])) {
			return new Settled([{ json, ...(binary ? { binary } : {}) }]);
		}
		reading = i;
		try {
			return reader.read(parameters.values(names, i), calling);
		} catch (error) {
			if (error !== ofHost) return asFault(error);
			// What n8n says of an expression is n8n's to show; with Continue on Fail it is this item's
			if (host.continueOnFail()) return new ValidationFault(messageOf(error), 'Expression');
			throw asError(error);
		}
	});
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const asError = (error: unknown) => error as Error;
