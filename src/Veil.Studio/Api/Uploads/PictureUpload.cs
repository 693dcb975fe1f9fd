using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Veil.Errors;
using Veil.Imaging;
using Veil.Studio.Api.Errors;
using Veil.Studio.Jobs;

namespace Veil.Studio.Api.Uploads;

/// <summary>A picture that a request has brought, in its folder, with the settings beside it.</summary>
/// <param name="Format">What its first bytes say it is.</param>
/// <param name="Settings">The settings that came with it; null for none.</param>
internal sealed record PictureUpload(PictureFormat Format, JsonElement? Settings)
{
    /// <summary>Takes in a picture: the body itself, or the part <c>image</c> of a form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="folder">Where it goes.</param>
    /// <param name="atMost">It is refused when it is longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiException">It cannot be taken.</exception>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.NotAPicture"/>, <see cref="VeilErrorCode.StorageFull"/>.</exception>
    public static async Task<PictureUpload> ReceiveAsync(HttpRequest request, RequestFolder folder, long atMost, CancellationToken cancellationToken)
    {
        var type = BodyReader.TypeOf(request);
        if (BodyReader.IsForm(type))
        {
            return await FromFormAsync(request, folder, atMost, cancellationToken);
        }

        if (!type.Type.Equals("image", StringComparison.OrdinalIgnoreCase) && !type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))
        {
            throw new ApiException(ApiErrors.UnsupportedMediaType, "Expected image/…, application/octet-stream or multipart/form-data.");
        }

        return new PictureUpload(await SaveAsync(request.Body, folder, atMost, cancellationToken), null);
    }

    private static async Task<PictureUpload> FromFormAsync(HttpRequest request, RequestFolder folder, long atMost, CancellationToken cancellationToken)
    {
        PictureFormat? format = null;
        JsonElement? settings = null;
        await foreach (var part in BodyReader.PartsAsync(request, BodyReader.TypeOf(request), cancellationToken))
        {
            switch (part.Name)
            {
                case "image" when format is null:
                    format = await SaveAsync(part.Body, folder, atMost, cancellationToken);
                    break;
                case "settings" when settings is null:
                    settings = await BodyReader.JsonAsync(part.Body, cancellationToken);
                    break;
                default:
                    throw new ApiException(ApiErrors.BadRequest, "Expected one part 'image' and at most one part 'settings', but received others.");
            }
        }

        return new PictureUpload(format ?? throw new ApiException(ApiErrors.EmptyBody, "Expected a part 'image', but there is none."), settings);
    }

    private static async Task<PictureFormat> SaveAsync(Stream body, RequestFolder folder, long atMost, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = PrivateFolder.CreateFile(folder.Original);
            if (await BodyReader.CopyAsync(body, file, atMost, cancellationToken) == 0)
            {
                throw new ApiException(ApiErrors.EmptyBody, "Expected a picture, but the body is empty.");
            }

            var start = new byte[PictureFormats.SignatureLength];
            file.Position = 0;
            var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
            return PictureFormats.TrySniff(start.AsSpan(0, read), out var format) ? format : throw new VeilException(
                VeilErrorCode.NotAPicture, "Expected a picture, but the first bytes are those of no format that Veil knows.");
        }
        catch (Exception error) when (StorageErrors.IsStorage(error) && error is not BadHttpRequestException)
        {
            throw StorageErrors.Translate(error);
        }
    }
}
