// Goal: the service is told everything by its environment, and a person who set it up wrongly learns all
// of it from one message. Method: environments as objects.

import { expect, test } from "vitest";
import { readConfig, readStoreConfig } from "#src/config.ts";

const least = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "secret" };

const messageOf = (env: Record<string, string>): string => {
  const config = readConfig(env);
  return config.ok ? "" : config.error;
};

test("with the least, everything else has its default", () => {
  expect(readConfig(least)).toEqual({
    ok: true,
    value: {
      slack: {
        botToken: "xoxb-1",
        signingSecret: "secret",
        apiUrl: "https://slack.com/api/",
        command: "/incident",
      },
      github: { apiUrl: "https://api.github.com", postmortemPath: "postmortems" },
      dataDir: ".faultline",
      retentionDays: 400,
      port: 3000,
      logLevel: "info",
    },
  });
});

test("every variable arrives in its place", () => {
  const config = readConfig({
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_APP_TOKEN: "xapp-1",
    SLACK_API_URL: "http://127.0.0.1:4001/api",
    GITHUB_API_URL: "http://127.0.0.1:4002/",
    DATABASE_URL: "postgresql://a:b@db/faultline",
    FAULTLINE_DATA_DIR: "/srv/faultline",
    GITHUB_APP_ID: "7",
    GITHUB_APP_PRIVATE_KEY: "-----BEGIN RSA PRIVATE KEY-----\\nabc\\n-----END RSA PRIVATE KEY-----",
    GITHUB_APP_INSTALLATION_ID: "8",
    GITHUB_WEBHOOK_SECRET: "webhook secret",
    FAULTLINE_INTAKE_TOKEN: "intake token",
    FAULTLINE_RETENTION_DAYS: "30",
    FAULTLINE_ISSUES_REPO: "acme/search",
    FAULTLINE_POSTMORTEM_REPO: "acme/post.mortems",
    FAULTLINE_POSTMORTEM_PATH: "docs/postmortems/",
    FAULTLINE_SLASH_COMMAND: "/outage",
    FAULTLINE_ANNOUNCE_CHANNEL: "C042",
    FAULTLINE_SERVICES: "services.yml",
    FAULTLINE_CLOCK_URL: "http://127.0.0.1:4003/",
    PORT: "0",
    LOG_LEVEL: "debug",
  });
  expect(config).toEqual({
    ok: true,
    value: {
      slack: {
        botToken: "xoxb-1",
        appToken: "xapp-1",
        apiUrl: "http://127.0.0.1:4001/api/",
        command: "/outage",
        announceChannel: "C042",
      },
      github: {
        app: {
          id: 7,
          privateKey: "-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----",
          installationId: 8,
        },
        apiUrl: "http://127.0.0.1:4002",
        issuesRepo: "acme/search",
        postmortemRepo: "acme/post.mortems",
        webhookSecret: "webhook secret",
        postmortemPath: "docs/postmortems",
      },
      databaseUrl: "postgresql://a:b@db/faultline",
      dataDir: "/srv/faultline",
      servicesFile: "services.yml",
      clockUrl: "http://127.0.0.1:4003/",
      intakeToken: "intake token",
      retentionDays: 30,
      port: 0,
      logLevel: "debug",
    },
  });
});

test("without anything, the message names what is missing, where to get it, and the demo", () => {
  const message = messageOf({});
  for (const part of [
    "SLACK_BOT_TOKEN",
    "OAuth & Permissions > Bot User OAuth Token",
    "SLACK_SIGNING_SECRET",
    "Basic Information > App Credentials > Signing Secret",
    "SLACK_APP_TOKEN",
    "Basic Information > App-Level Tokens",
    "GITHUB_TOKEN",
    "Developer settings > Personal access tokens",
    "https://api.slack.com/apps",
    "npm run demo",
  ]) {
    expect(message).toContain(part);
  }
});

test("what is there is not asked for again", () => {
  const message = messageOf({ SLACK_BOT_TOKEN: "xoxb-1", GITHUB_TOKEN: "ghp" });
  expect(message).toContain("SLACK_APP_TOKEN or SLACK_SIGNING_SECRET");
  expect(message).not.toContain("SLACK_BOT_TOKEN");
  expect(message).not.toContain("GITHUB_TOKEN");
});

test("every fault is in the one message, and no secret", () => {
  const wrong = {
    SLACK_BOT_TOKEN: "xapp-hidden",
    SLACK_APP_TOKEN: "xoxb-hidden",
    SLACK_API_URL: "slack.com",
    GITHUB_API_URL: "ftp://x",
    DATABASE_URL: "mysql://user:hidden@x",
    GITHUB_APP_ID: "name",
    GITHUB_APP_INSTALLATION_ID: "-1",
    FAULTLINE_ISSUES_REPO: "https://github.com/acme/search",
    FAULTLINE_POSTMORTEM_REPO: "acme",
    FAULTLINE_POSTMORTEM_PATH: "../elsewhere",
    FAULTLINE_SLASH_COMMAND: "incident",
    FAULTLINE_ANNOUNCE_CHANNEL: "#incidents",
    FAULTLINE_CLOCK_URL: "now",
    PORT: "70000",
    LOG_LEVEL: "loud",
  };
  const message = messageOf(wrong);
  for (const name of Object.keys(wrong)) expect(message).toContain(`  - ${name} `);
  expect(message).toContain("GITHUB_APP_PRIVATE_KEY is missing beside GITHUB_APP_ID");
  expect(message).not.toContain("hidden");
});

test("another clock is accepted only beside a Slack on this machine", () => {
  const clock = { ...least, FAULTLINE_CLOCK_URL: "http://127.0.0.1:1/" };
  const fault =
    "FAULTLINE_CLOCK_URL may be set only while SLACK_API_URL is an address of this machine";
  expect(messageOf(clock)).toContain(fault);
  expect(messageOf({ ...clock, SLACK_API_URL: "https://slack.com/api/" })).toContain(fault);
  expect(messageOf({ ...clock, SLACK_API_URL: "http://127.0.0.1.example.com/" })).toContain(fault);
  for (const host of ["127.0.0.1", "localhost", "[::1]"]) {
    expect(readConfig({ ...clock, SLACK_API_URL: `http://${host}:4001/api/` }).ok).toBe(true);
  }
});

test("a variable that is set to nothing counts as not set", () => {
  expect(readConfig({ ...least, DATABASE_URL: " ", PORT: "" })).toEqual(readConfig(least));
});

test("the migrations need no token", () => {
  expect(readStoreConfig({})).toEqual({
    ok: true,
    value: { dataDir: ".faultline", logLevel: "info" },
  });
  expect(readStoreConfig({ DATABASE_URL: "x" })).toEqual({
    ok: false,
    error: expect.stringContaining("DATABASE_URL must be"),
  });
});
