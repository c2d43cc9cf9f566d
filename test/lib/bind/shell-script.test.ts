import { isRunByShell } from '../../../lib/bind/shell-script.js';

test.each([
  '#!/bin/bash',
  '#!/bin/sh',
  '#! /bin/sh',
  '#!/bin/bash -xe',
  '#!/bin/bash -l\r',
  '#!/usr/bin/env bash',
  '#!/usr/bin/env -S bash -e',
  '#!/usr/bin/env -S LANG=C -i dash',
  '#!/usr/local/bin/bash-5.2',
  '#!/bin/ksh93',
  '#!/usr/bin/zsh',
  '#!/bin/ash',
  '#!/bin/busybox sh',
])('%s names a shell', (line) => {
  expect(isRunByShell(line)).toBe(true);
});

test.each([
  '',
  ' #!/bin/bash',
  '\ufeff#!/bin/bash',
  'export A=1',
  '# /bin/bash',
  '#!',
  '#!/usr/bin/env',
  '#!/usr/bin/env python3',
  '#!/usr/bin/python3 /bin/sh',
  '#!/usr/bin/perl',
  '#!/usr/bin/env -S node --no-warnings',
  '#!/usr/bin/fish',
  '#!/bin/csh',
  '#!/bin/tcsh -f',
  '#!/bin/rbash',
  '#!/usr/bin/env pwsh',
  '#!/usr/bin/awk -f',
])('%j names none', (line) => {
  expect(isRunByShell(line)).toBe(false);
});
