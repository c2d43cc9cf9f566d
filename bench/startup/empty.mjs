import { mark, tellMarks } from './marks.mjs';

mark('imported');
mark('logged');
tellMarks();
