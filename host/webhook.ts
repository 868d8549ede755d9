import { until } from './poll';

/** Waits for a webhook: switching its flow on goes on after n8n's answer. */
export async function webhookListens(url: string): Promise<void> {
	await until(`${url} to listen`, async () => {
		// To a GET, n8n tells of a webhook that takes POST only; so nothing is set going
		const answer = await fetch(url);
		return (await answer.text()).includes('POST request') ? true : undefined;
	});
}
