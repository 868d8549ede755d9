import type { InstalledHost } from '../n8n';
import type { Credential } from '../rest';
import { saveSandboxCredentials } from '../sandbox-credentials';
import type { Shutdown } from '../shutdown';
import { canary } from '../smoke/secrets';
import { buildStage, type Stage } from '../smoke/stage';
import { startMailSink, type MailSink } from './mail';
import { startScriptedModel, type ScriptedModel } from './model';

/** A fresh n8n with the sandbox, a mail server, a language model, and credentials for all of them. */
export interface FlowStage extends Stage {
	credentials: Credential[];
	mail: MailSink;
	model: ScriptedModel;
}

/** Builds the stage; `shutdown` tears it down. */
export async function buildFlowStage(
	host: InstalledHost,
	logFile: string,
	shutdown: Shutdown,
): Promise<FlowStage> {
	const mail = await startMailSink();
	shutdown.add(() => mail.close());
	const model = await startScriptedModel();
	shutdown.add(() => model.close());
	const stage = await buildStage(host, logFile, shutdown);
	const { rest } = stage.n8n;

	const credentials = [
		...(await saveSandboxCredentials(rest, stage.sandbox, stage.shopSecret)),
		await rest.saveCredential('SMTP', 'smtp', {
			host: '127.0.0.1',
			port: mail.port,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		}),
		await rest.saveCredential('OpenAI', 'openAiApi', {
			apiKey: canary('openai'),
			url: model.url,
			header: false,
		}),
	];
	return { ...stage, credentials, mail, model };
}
