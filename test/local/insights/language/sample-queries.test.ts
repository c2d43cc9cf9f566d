import { aws_logs as logs } from 'aws-cdk-lib';
import { lineQueries } from '../../../../lib/operate/queries.js';
import { parseQuery } from '../../../../local/insights/parse-query.js';

/** Queries of AWS's documents and of its console, each of another kind. They are facts of the language. */
const samples: readonly (readonly [name: string, query: string, commands: string])[] = [
  [
    'the 25 events that were added last',
    'fields @timestamp, @message | sort @timestamp desc | limit 25',
    'fields sort limit',
  ],
  [
    'exceptions an hour',
    'filter @message like /Exception/ \n    | stats count(*) as exceptionCount by bin(1h)\n    | sort exceptionCount desc',
    'filter stats sort',
  ],
  ['no exceptions', 'fields @message | filter @message not like /Exception/', 'fields filter'],
  [
    'the last event of each server',
    'fields @timestamp, server, severity, message \n| sort @timestamp asc \n| dedup server',
    'fields sort dedup',
  ],
  [
    'memory that was provisioned in vain',
    `filter @type = "REPORT"
    | stats max(@memorySize / 1000 / 1000) as provisonedMemoryMB,
        min(@maxMemoryUsed / 1000 / 1000) as smallestMemoryRequestMB,
        avg(@maxMemoryUsed / 1000 / 1000) as avgMemoryUsedMB,
        max(@maxMemoryUsed / 1000 / 1000) as maxMemoryUsedMB,
        provisonedMemoryMB - maxMemoryUsedMB as overProvisionedMB`,
    'filter stats',
  ],
  [
    'latency',
    'filter @type = "REPORT" |\n    stats avg(@duration), max(@duration), min(@duration) by bin(5m)',
    'filter stats',
  ],
  [
    'the most expensive requests',
    'filter @type = "REPORT"\n| fields @requestId, @billedDuration\n| sort by @billedDuration desc',
    'filter fields sort',
  ],
  [
    'hosts with most packets',
    'stats sum(packets) as packetsTransferred by srcAddr, dstAddr\n    | sort packetsTransferred  desc\n    | limit 15',
    'stats sort limit',
  ],
  [
    'bytes of a subnet',
    'filter isIpv4InSubnet(srcAddr, "192.0.2.0/24")\n    | stats sum(bytes) as bytesTransferred by dstAddr\n    | sort bytesTransferred desc\n    | limit 15',
    'filter stats sort limit',
  ],
  ['hosts that use UDP', 'filter protocol=17 | stats count(*) by srcAddr', 'filter stats'],
  [
    'records that were skipped',
    'filter logStatus="SKIPDATA"\n    | stats count(*) by bin(1h) as t\n    | sort t',
    'filter stats sort',
  ],
  ['records by kind and hour', 'stats count(*) by queryType, bin(1h)', 'stats'],
  [
    'instances that were started or stopped',
    'filter (eventName="StartInstances" or eventName="StopInstances") and awsRegion="us-east-2"',
    'filter',
  ],
  [
    'new users',
    'filter eventName="CreateUser"\n    | fields awsRegion, requestParameters.userName, responseElements.user.arn',
    'filter fields',
  ],
  [
    'failed calls',
    'filter eventName="UpdateTrail" and ispresent(errorCode)\n    | stats count(*) by errorCode, errorMessage',
    'filter stats',
  ],
  [
    'old versions of TLS',
    `filter tlsDetails.tlsVersion in [ "TLSv1", "TLSv1.1" ]
        | stats count(*) as numOutdatedTlsCalls by userIdentity.accountId, eventSource, tlsDetails.tlsVersion
        | sort eventSource, tlsDetails.tlsVersion`,
    'filter stats sort',
  ],
  [
    'a glob pattern with names that begin with @',
    'parse @message "user=*, method:*, latency := *" as @user,\n    @method, @latency | stats avg(@latency) by @method,\n    @user',
    'parse stats',
  ],
  [
    'a regular expression on two lines',
    'parse @message /user=(?<user2>.*?), method:(?<method2>.*?),\n    latency := (?<latency2>.*?)/ | stats avg(latency2) by @method2, \n    @user2',
    'parse stats',
  ],
  [
    'display of a comparison',
    `FIELDS @message
    | PARSE @message "* [*] *" as loggingTime, loggingType, loggingMessage
    | FILTER loggingType IN ["ERROR", "INFO"]
    | DISPLAY loggingMessage, loggingType = "ERROR" as isError`,
    'fields parse filter display',
  ],
  [
    'an access log without the name of the field',
    `parse '* - * [*] "* * *" * *' as host, identity, dateTimeString, httpVerb, url, protocol, statusCode, bytes
        | stats max(bytes) as maxBytes, avg(bytes) by url
        | sort maxBytes desc`,
    'parse stats sort',
  ],
  [
    'a parsed alias',
    `fields trim(@message) as trimmedMessage
        | parse trimmedMessage "[*] * * : *, Metric : *" as level, time, logId, accountId, metric
        | display level, time, logId, accountId, metric
        | filter level like "INFO"`,
    'fields parse display filter',
  ],
  [
    'two stats',
    `FIELDS strlen(@message) AS message_length
| STATS sum(message_length)/1024/1024 as logs_mb BY bin(5m)
| STATS max(logs_mb) AS peak_ingest_mb,
        min(logs_mb) AS min_ingest_mb,
        avg(logs_mb) AS avg_ingest_mb`,
    'fields stats stats',
  ],
  [
    'a filter between two stats',
    `STATS count_distinct(client_ip) AS session_ips,
      count(*) AS requests BY session_id, client_platform
| FILTER session_ips > 1
| STATS count(*) AS multiple_ip_sessions,
        sum(requests) / count(*) AS avg_session_requests BY client_platform`,
    'stats filter stats',
  ],
  [
    'periods of periods',
    `FIELDS strlen(@message) AS message_length
| STATS sum(message_length) / 1024 / 1024 AS logs_mb BY BIN(5m) as @t
| STATS max(logs_mb) AS peak_ingest_mb BY dateceil(@t, 10m)`,
    'fields stats stats',
  ],
  [
    'a time that is passed on',
    `FIELDS strlen(@message) AS message_length
 | STATS sum(message_length) AS ingested_bytes, max(@timestamp) as @t BY @logStream
 | STATS avg(ingested_bytes) BY dateceil(@t, 5m)`,
    'fields stats stats',
  ],
  [
    'the last two hours',
    `fields @timestamp, @message
| filter @message like /(?i)(error|failure)/
| filter toMillis(@timestamp) >= (now() * 1000 - 18000000)`,
    'fields filter filter',
  ],
  [
    'whether a field is there',
    `fields ispresent(graphQLAPIId) as isApi |
   filter isApi |
   filter logType = "RequestSummary" |
   stats count() as statusCount by statusCode |
   sort statusCount desc`,
    'fields filter filter stats sort',
  ],
  [
    'fields of another account or tag',
    'filter @`aws.tag.aws:cloudformation:stack-name` = "my-stack"',
    'filter',
  ],
  [
    'an index of fields',
    'fields @timestamp, @message \n| filterIndex IPaddress in ["198.51.100.0", "198.51.100.1"]\n| limit 20',
    'fields filterIndex limit',
  ],
  [
    'a line that is a comment',
    'fields @timestamp, @message, accountId\n# | filter accountId not like "7983124201998"\n| sort @timestamp desc\n| limit 20',
    'fields sort limit',
  ],
  ['limit any', 'fields @message | limit any 1', 'fields limit'],
];

test.each(samples)('%s', (_name, query, commands) => {
  expect(
    parseQuery(query)
      .commands.map(({ kind }) => kind)
      .join(' '),
  ).toBe(commands);
});

/** Queries of the same documents that are said to be invalid, or need what this server does not have. */
test.each([
  [
    'a field that stats does not pass on',
    'FIELDS @message\n| STATS SUM(Fault) by Operation\n# A comment\n| STATS MAX(strlen(@message)) AS MaxMessageSize # Another',
    '"@message" is unknown behind stats. There are "SUM(Fault)", "Operation"',
  ],
  [
    'bin without a time',
    'FIELDS strlen(@message) AS message_length\n | STATS sum(message_length) AS ingested_bytes BY @logStream\n | STATS avg(ingested_bytes) BY bin(5m)',
    '"@timestamp" is unknown behind stats. There are "ingested_bytes", "@logStream"',
  ],
  [
    'an alias that stats does not pass on',
    'fields ispresent(resolverArn) as isRes |\nstats count() as invocationCount by resolverArn |\nfilter isRes',
    '"isRes" is unknown behind stats. There are "invocationCount", "resolverArn"',
  ],
  [
    'a map of JSON',
    'fields jsonParse(@message) as json_message\n| stats count() by json_message.status_code',
    '"jsonParse": this local server does not have this function',
  ],
  [
    'an element of a list',
    'fields @message | filter json_message.users[1].action = "PutData"',
    '"json_message.users[": "[" cannot follow a name',
  ],
  [
    'patterns',
    'filter @message like /ERROR/ | pattern @message',
    '"pattern": this local server does not have this command',
  ],
  [
    'a comparison of times',
    'fields @message | pattern @message | diff',
    '"pattern": this local server does not have this command',
  ],
  [
    'a placeholder',
    'filter Operation = <operation> AND Fault > 0',
    'Expected a field, a function or a value, but found "<"',
  ],
])('is refused: %s', (_name, query, message) => {
  expect(() => parseQuery(query)).toThrow(message);
});

test.each(lineQueries)("the construct's own: $name", ({ query }) => {
  const { fields, filterStatements, statsStatements, sort, limit } = query;
  const parts = { fields, filter: filterStatements, stats: statsStatements, sort, limit };
  const given = Object.entries(parts).filter(([, part]) => part !== undefined);
  const { commands } = parseQuery(new logs.QueryString(query).toString());
  expect(commands.map(({ kind }) => kind)).toEqual(given.map(([kind]) => kind));
});
