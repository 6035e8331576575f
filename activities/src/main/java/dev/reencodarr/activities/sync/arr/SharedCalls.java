package dev.reencodarr.activities.sync.arr;

import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Streaming;

/** What is asked of both in the same words. */
interface SharedCalls {

  @Streaming
  @GET("api/v3/system/status")
  Call<ResponseBody> status();

  @Streaming
  @GET("api/v3/rootfolder")
  Call<ResponseBody> rootFolders();

  @Streaming
  @POST("api/v3/command")
  Call<ResponseBody> command(@Body RequestBody command);

  @Streaming
  @GET("api/v3/command/{id}")
  Call<ResponseBody> command(@Path("id") long id);

  @Streaming
  @GET("api/v3/config/mediamanagement")
  Call<ResponseBody> mediaManagement();

  @Streaming
  @GET("api/v3/config/naming")
  Call<ResponseBody> naming();

  @Streaming
  @GET("api/v3/qualityprofile")
  Call<ResponseBody> qualityProfiles();

  @Streaming
  @GET("api/v3/tag")
  Call<ResponseBody> tags();

  @Streaming
  @GET("api/v3/customformat")
  Call<ResponseBody> customFormats();

  @Streaming
  @GET("api/v3/history/since")
  Call<ResponseBody> historySince(@Query("date") String date);

  @Streaming
  @POST("api/v3/history/failed/{id}")
  Call<ResponseBody> markFailed(@Path("id") long id);

  @Streaming
  @GET("api/v3/notification")
  Call<ResponseBody> notifications();

  @Streaming
  @GET("api/v3/notification/schema")
  Call<ResponseBody> notificationSchema();

  @Streaming
  @POST("api/v3/notification")
  Call<ResponseBody> addNotification(@Body RequestBody notification);

  @Streaming
  @PUT("api/v3/notification/{id}")
  Call<ResponseBody> changeNotification(@Path("id") long id, @Body RequestBody notification);

  @Streaming
  @DELETE("api/v3/notification/{id}")
  Call<ResponseBody> removeNotification(@Path("id") long id);
}
