/** Forms of the tokens of services that developers and operators use. */
import type { SecretForm } from "./secret-form";

/** The forms of services' tokens. */
export const serviceForms: readonly SecretForm[] = [
  {
    // GitHub Docs, "About authentication to GitHub", token formats; up to 255 characters (GitHub's changelog of 2021-03-31).
    id: "github-token",
    what: "a GitHub token",
    hints: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9_]{36,251}/dg,
  },
  {
    // The same page: fine-grained personal access tokens.
    id: "github-fine-grained-token",
    what: "a GitHub fine-grained token",
    hints: ["github_pat_"],
    pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{50,255}/dg,
  },
  {
    // GitLab Docs, "Token overview", token prefixes.
    id: "gitlab-token",
    what: "a GitLab token",
    hints: [
      "glpat-",
      "gldt-",
      "glrt",
      "glptt-",
      "glcbt-",
      "glft-",
      "glimt-",
      "glagent-",
      "gloas-",
      "glsoat-",
      "glffct-",
    ],
    pattern:
      /(?<![A-Za-z0-9])gl(?:pat|dt|rt|rtr|ptt|cbt|ft|imt|agent|oas|soat|ffct)-[A-Za-z0-9_-]{20,300}(?:\.[A-Za-z0-9_-]{1,40}){0,3}/dg,
    // The name of a host has one case.
    accepts: (token) => /\d/.test(token) || (/[A-Z]/.test(token) && /[a-z]/.test(token.slice(8))),
  },
  {
    // Slack, "Tokens": bot, user, app-level, configuration and refresh tokens.
    id: "slack-token",
    what: "a Slack token",
    hints: ["xox", "xapp-"],
    pattern: /(?<![A-Za-z0-9])(?:xox[abcdeoprs](?:\.xox[a-z])?|xapp)-[A-Za-z0-9-]{10,400}/dg,
    accepts: (token) => /\d/.test(token),
  },
  {
    // Slack, "Sending messages using incoming webhooks": who has the URL may post.
    id: "slack-webhook",
    what: "a Slack webhook",
    hints: ["hooks.slack.com/"],
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Za-z0-9/_-]{20,200})/dg,
  },
  {
    // Discord, "Webhook resource": the token behind the id.
    id: "discord-webhook",
    what: "a Discord webhook",
    hints: ["/api/webhooks/"],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{15,22}\/[A-Za-z0-9_-]{40,120})/dg,
  },
  {
    // npm Docs, "About access tokens", and GitHub's announcement of npm's token format: npm_ and 36 characters.
    id: "npm-token",
    what: "an npm token",
    hints: ["npm_"],
    pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36,80}(?![A-Za-z0-9_])/dg,
  },
  {
    // PyPI, "Help", API tokens: a macaroon whose location is pypi.org.
    id: "pypi-token",
    what: "a PyPI token",
    hints: ["pypi-AgE"],
    pattern: /pypi-AgE[A-Za-z0-9_-]{50,2000}/dg,
  },
  {
    // RubyGems Guides, "API key scopes".
    id: "rubygems-key",
    what: "a RubyGems API key",
    hints: ["rubygems_"],
    pattern: /rubygems_[a-f0-9]{48}/dg,
  },
  {
    // NuGet and Microsoft Purview, "NuGet API key": oy2 and 43 characters.
    id: "nuget-key",
    what: "a NuGet API key",
    hints: ["oy2"],
    pattern: /(?<![A-Za-z0-9])oy2[a-z0-9]{43}(?![A-Za-z0-9])/dg,
  },
  {
    // Docker Docs, "Personal access tokens", "Organization access tokens".
    id: "docker-token",
    what: "a Docker Hub token",
    hints: ["dckr_"],
    pattern: /dckr_[po]at_[A-Za-z0-9_-]{20,64}/dg,
  },
  {
    // Stripe Docs, "API keys": secret and restricted keys; "Webhooks": signing secrets.
    id: "stripe-key",
    what: "a Stripe key",
    hints: ["sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_"],
    pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9+/=]{16,250}/dg,
  },
  {
    // Twilio SendGrid Docs, "API keys": SG, an id of 22 characters and a secret of 43.
    id: "sendgrid-key",
    what: "a SendGrid key",
    hints: ["SG."],
    pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/dg,
  },
  {
    // Twilio Docs, "API keys": SK and 32 hexadecimal digits.
    id: "twilio-key",
    what: "a Twilio API key",
    hints: ["SK"],
    pattern: /(?<![A-Za-z0-9])SK[a-f0-9]{32}(?![A-Za-z0-9])/dg,
  },
  {
    // Telegram Bot API, "Authorizing your bot": the bot's number, a colon and 35 characters.
    id: "telegram-token",
    what: "a Telegram bot token",
    hints: [":AA"],
    pattern: /(?<!\d)\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/dg,
  },
  {
    // Mailgun Documentation, "Authentication".
    id: "mailgun-key",
    what: "a Mailgun key",
    hints: ["key-"],
    pattern: /(?<![A-Za-z0-9-])key-[a-f0-9]{32}(?![A-Za-z0-9])/dg,
  },
  {
    // Mailchimp Marketing API, "Fundamentals": a key ends with its data centre.
    id: "mailchimp-key",
    what: "a Mailchimp key",
    hints: ["-us"],
    pattern: /(?<![A-Za-z0-9])[a-f0-9]{32}-us\d{1,2}(?![A-Za-z0-9])/dg,
  },
  {
    // OpenAI, "API keys"; Anthropic, "API keys": sk-ant-api03-.
    id: "ai-service-key",
    what: "a key of an AI service",
    hints: ["sk-"],
    pattern: /(?<![A-Za-z0-9])sk-(?:proj|svcacct|admin|ant|or)-[A-Za-z0-9_-]{20,300}/dg,
  },
  {
    // Hugging Face Hub, "User access tokens".
    id: "hugging-face-token",
    what: "a Hugging Face token",
    hints: ["hf_"],
    pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z]{34}(?![A-Za-z0-9_])/dg,
  },
  {
    // Grafana, "Service accounts": glsa_; "Grafana Cloud access policies": glc_, base64 of JSON.
    id: "grafana-token",
    what: "a Grafana token",
    hints: ["glsa_", "glc_eyJ"],
    pattern: /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_eyJ[A-Za-z0-9+/_-]{20,400}={0,2})/dg,
  },
  {
    // New Relic, "API keys": user keys.
    id: "new-relic-key",
    what: "a New Relic key",
    hints: ["NRAK-"],
    pattern: /NRAK-[A-Z0-9]{27}/dg,
  },
  {
    // Sentry, "Auth tokens": organization tokens have JSON in them, user tokens 64 hexadecimal digits.
    id: "sentry-token",
    what: "a Sentry token",
    hints: ["sntrys_", "sntryu_"],
    pattern: /sntry(?:s_eyJ[A-Za-z0-9+/=_-]{40,600}|u_[a-f0-9]{64})/dg,
  },
  {
    // Shopify, "Access tokens": admin, storefront and private tokens, shared secrets.
    id: "shopify-token",
    what: "a Shopify token",
    hints: ["shpat_", "shpca_", "shppa_", "shpss_"],
    pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/dg,
  },
  {
    // Atlassian Support, "Manage API tokens": ATATT3 of users, ATCTT3 of Bitbucket's repositories.
    id: "atlassian-token",
    what: "an Atlassian token",
    hints: ["ATATT3", "ATCTT3"],
    pattern: /(?<![A-Za-z0-9])AT[AC]TT3[A-Za-z0-9_=-]{60,400}/dg,
  },
  {
    // JFrog, "Reference tokens and API keys": AKCp and 69 characters.
    id: "artifactory-key",
    what: "an Artifactory key",
    hints: ["AKCp"],
    pattern: /(?<![A-Za-z0-9])AKCp[A-Za-z0-9]{60,80}/dg,
  },
  {
    // Postman, "API authentication".
    id: "postman-key",
    what: "a Postman key",
    hints: ["PMAK-"],
    pattern: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/dg,
  },
  {
    // PlanetScale, "Service tokens", "Passwords".
    id: "planetscale-key",
    what: "a PlanetScale password or token",
    hints: ["pscale_"],
    pattern: /pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}/dg,
  },
  {
    // Doppler, "Auth token formats".
    id: "doppler-token",
    what: "a Doppler token",
    hints: ["dp."],
    pattern: /(?<![A-Za-z0-9.])dp\.(?:pt|st|ct|scim|audit|sa|said)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}/dg,
  },
  {
    // 1Password Developer, "Service accounts": ops_ and base64 of JSON.
    id: "one-password-token",
    what: "a 1Password service account token",
    hints: ["ops_eyJ"],
    pattern: /ops_eyJ[A-Za-z0-9+/_-]{60,4000}={0,3}/dg,
  },
  {
    // Linear, "API and webhooks".
    id: "linear-key",
    what: "a Linear key",
    hints: ["lin_api_"],
    pattern: /lin_api_[A-Za-z0-9]{40}/dg,
  },
];
