using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Veil.Studio.Hosting;

/// <summary>What one part of the studio brings along: the services its pages ask for, and the addresses it answers beside them.</summary>
/// <param name="AddServices">Registers services.</param>
/// <param name="MapEndpoints">Maps addresses; all of them lie behind the token.</param>
internal sealed record StudioArea(Action<IServiceCollection, StudioOptions>? AddServices = null, Action<IEndpointRouteBuilder>? MapEndpoints = null);
