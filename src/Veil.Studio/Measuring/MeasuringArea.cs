using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Veil.Evaluation.Reports;
using Veil.Studio.Hosting;

namespace Veil.Studio.Measuring;

/// <summary>What the page of measurements needs: the measurements, and the address of their reports.</summary>
internal static class MeasuringArea
{
    // A report is one file that needs nothing else. Its scripts draw charts: they get no origin, no network, and nothing of the studio.
    private const string ReportPolicy =
        "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    /// <summary>The area.</summary>
    public static StudioArea Area { get; } = new(
        static (services, options) => services.AddSingleton(_ => new Measurements(Path.Combine(options.DataFolder, "measurements"), options.Program ?? ProgramStart.Own("veil.dll"))), Map);

    /// <summary>Where a file of a report is.</summary>
    public static string AddressOf(string id, string file = ReportWriter.Page) => $"/measure/reports/{id}/{file}";

    private static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/measure/reports/{id}/{file}", static (string id, string file, HttpContext context, Measurements measurements) =>
    {
        if (measurements.FileOf(id, file) is not { } path)
        {
            return Results.NotFound();
        }

        if (file == ReportWriter.Page)
        {
            context.Response.Headers.ContentSecurityPolicy = ReportPolicy;
            context.Response.Headers.XFrameOptions = "SAMEORIGIN";
            return Results.File(path, "text/html; charset=utf-8");
        }

        return Results.File(path, "application/octet-stream", $"veil-{id}-{file}");
    });
}
