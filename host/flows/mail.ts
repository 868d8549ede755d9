import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { until } from '../poll';

/** A mail server that keeps what it is given and passes nothing on. */
export interface MailSink {
	port: number;
	/** All that has come in, oldest first. */
	mails: ParsedMail[];
	/** Waits for a mail that was not there before. */
	next(subject: string): Promise<ParsedMail>;
	/** Takes all that has come in for seen. */
	drain(): void;
	close(): Promise<void>;
}

/** Starts a mail sink on loopback, without login and encryption. */
export async function startMailSink(): Promise<MailSink> {
	const mails: ParsedMail[] = [];
	const seen = new Set<ParsedMail>();
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, _session, done) {
			simpleParser(stream).then((mail) => {
				mails.push(mail);
				done();
			}, done);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		async next(subject) {
			return await until(`a mail about "${subject}"`, async () => {
				const mail = mails.find((each) => !seen.has(each) && each.subject?.includes(subject));
				if (mail) seen.add(mail);
				return mail;
			});
		},
		drain() {
			for (const mail of mails) seen.add(mail);
		},
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}
