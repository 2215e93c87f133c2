// The table of screens and their states: what the gallery shows and what the tests of accessibility go through.
import { account } from "./account";
import { list } from "./list";
import { signingIn } from "./signing-in";
import type { Group } from "./stage";
import { replies, ticket } from "./ticket";
import { files, newTicket } from "./writing";

export const groups: Group[] = [signingIn, list, ticket, replies, files, newTicket, account];
