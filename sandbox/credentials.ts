/** What the stand-in vendors accept. Invented, and of use nowhere else. */
export interface Credentials {
	tw: { username: string; apiKey: string; apiToken: string };
	td: { partnerCode: string; partnerKey: string; channel: string };
}

/** Replacements for single credentials, such as marked values that a test then searches for. */
export interface CredentialOverrides {
	tw?: Partial<Credentials['tw']>;
	td?: Partial<Credentials['td']>;
}

/** The sandbox's credentials, with replacements. */
export function credentials(overrides: CredentialOverrides = {}): Credentials {
	return {
		tw: {
			username: 'TW0001',
			apiKey: 'sandbox-api-key',
			apiToken: 'sandbox-api-token',
			...overrides.tw,
		},
		td: {
			partnerCode: 'sandbox_partner',
			partnerKey: 'sandbox-partner-key',
			channel: 'sandbox_web',
			...overrides.td,
		},
	};
}
