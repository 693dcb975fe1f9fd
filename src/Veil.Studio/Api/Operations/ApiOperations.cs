namespace Veil.Studio.Api.Operations;

/// <summary>Every operation of the API, in the order of the document.</summary>
internal static class ApiOperations
{
    /// <summary>Lists them.</summary>
    public static IReadOnlyList<ApiOperation> All(ApiParts parts) =>
    [
        ImageOperations.Anonymize(parts),
        ImageOperations.Detect(parts),
        JobOperations.Create(parts),
        JobOperations.List(parts),
        JobOperations.Get(parts),
        JobOperations.Delete(parts),
        JobOperations.Events(parts),
        JobResultOperations.Result(parts),
        JobResultOperations.Report(parts),
        CatalogueOperations.Methods,
        CatalogueOperations.Presets,
        CatalogueOperations.Detectors,
        StatusOperations.Health,
        StatusOperations.Ready(parts),
    ];
}
