'use strict';
// Runs a TypeScript program of this folder: `node test/faults/run.cjs matrix`.

require('tsx/cjs');
require('../../host/setup/typescript-first.cjs')();

require(`./${process.argv[2]}.ts`);
