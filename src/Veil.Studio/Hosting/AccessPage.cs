using System.Net;
using Veil.Studio.Languages;

namespace Veil.Studio.Hosting;

/// <summary>The page of who comes without a token: self-contained, since nothing else is served to them.</summary>
internal static class AccessPage
{
    /// <summary>The page in one language.</summary>
    public static string For(StudioLanguage language)
    {
        var texts = new TextTable("Shell", language);
        return $$"""
            <!doctype html>
            <html lang="{{language.Code}}">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <link rel="icon" href="data:,">
              <title>{{Encoded("AccessTitle")}}</title>
              <style>
                :root { color-scheme: light dark; }
                body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 2rem; font: 1.0625rem/1.6 system-ui, sans-serif; background: light-dark(#f6f7f9, #14171c); color: light-dark(#1d2430, #e6e9ee); }
                main { max-width: 34rem; }
                h1 { font-size: 1.625rem; line-height: 1.25; }
                code { display: inline-block; padding: .5rem .875rem; border-radius: .5rem; background: light-dark(#e7eaf0, #232830); }
              </style>
            </head>
            <body>
              <main>
                <h1>{{Encoded("AccessTitle")}}</h1>
                <p>{{Encoded("AccessExplained")}}</p>
                <p><code>veil studio</code></p>
                <p>{{Encoded("AccessRestarted")}}</p>
              </main>
            </body>
            </html>

            """;

        string Encoded(string key) => WebUtility.HtmlEncode(texts[key]);
    }
}
