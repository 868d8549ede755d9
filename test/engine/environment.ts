/**
 * Must be imported before n8n-core: it reads these variables while it loads.
 * n8n writes a settings file and its binary store below the user folder, and a test must not
 * touch the ones of the person who runs it.
 */
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder this test file's engine writes to. `stopEngine` removes it. */
export const userFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-tw-td-engine-'));

process.env.N8N_USER_FOLDER = userFolder;
